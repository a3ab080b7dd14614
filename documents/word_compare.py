"""What a Word file says otherwise than the system: field by field, each with what may be done about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from councils.models import Membership
from documents.choices import UrgencyMark
from documents.draft_paper import Content, joined
from documents.law.numbering import may_be_legal
from documents.models import Draft
from documents.paper.kinds import KINDS
from documents.paper.word_reading import WordText
from hdnd.lib.text import fold

NOTHING = "(không có)"


@dataclass(frozen=True)
class FieldChange:
    """One field that differs.

    Attributes:
        why: why the system's stays, where there is nothing to choose.
        is_empty: the file does not say it at all; the system's is then kept unless one chooses otherwise.
    """

    key: str
    label: str
    ours: str
    theirs: str
    why: str = ""

    @property
    def is_empty(self) -> bool:
        return self.theirs == NOTHING


def compared(
    draft: Draft,
    content: Content,
    read: WordText,
    seats: Sequence[Membership],
    suffix: str,
    letterhead: Sequence[str],
) -> list[FieldChange]:
    """The fields that differ.

    Args:
        content: the working copy.
        seats: who may sign for the body.
        suffix: the symbol after the number, as the system writes it; `letterhead` likewise.
    """
    found = [
        *_of_the_system(read, suffix, letterhead),
        *_kind(draft, read),
        *_field("subject", "Trích yếu", content.subject, read.subject),
        *_field("urgency", "Độ khẩn", _mark(content.urgency), read.urgency),
        *_signer(content, read, seats),
        *_field("recipients", "Nơi nhận", joined(content.recipients), joined(recipients_in(read))),
    ]
    if draft.kind.has_salutation:
        found += _field("salutation", "Kính gửi", joined(content.salutation), joined(read.salutation))
    return found


def _of_the_system(read: WordText, suffix: str, letterhead: Sequence[str]) -> list[FieldChange]:
    """Number and date are given when it is signed, and the letterhead is the body's, whatever the file says."""
    found = []
    if fold(" ".join(read.letterhead)) != fold(" ".join(letterhead)):
        why = "Tiêu đề theo thể thức của cơ quan ban hành; quản trị sửa ở phần khai báo."
        theirs = joined(read.letterhead) or NOTHING
        found.append(FieldChange("letterhead", "Tiêu đề cơ quan", joined(letterhead), theirs, why))
    number, _, rest = read.symbol.partition("/")
    if read.symbol and (number.strip() or fold(rest) != fold(suffix)):
        why = "Số, ký hiệu do hệ thống cấp khi ký, không lấy từ tệp."
        found.append(FieldChange("symbol", "Số, ký hiệu", f"…/{suffix}", read.symbol, why))
    if any(letter.isdigit() for letter in read.place_date):
        why = "Ngày do hệ thống ghi khi ký, không lấy từ tệp."
        found.append(FieldChange("date", "Ngày", "ngày ký", read.place_date, why))
    return found


def _kind(draft: Draft, read: WordText) -> list[FieldChange]:
    if fold(read.type_name) == fold(draft.kind.type_name):
        return []
    if not read.type_name:
        return [FieldChange("kind", "Loại văn bản", draft.kind.name, NOTHING)]
    known = kind_named(read.type_name) is not None
    why = "" if known else "Loại này không có trong danh mục soạn thảo."
    return [FieldChange("kind", "Loại văn bản", draft.kind.name, read.type_name.capitalize(), why)]


def kind_named(type_name: str) -> str | None:
    """The code of the kind that prints this name; an official letter prints none."""
    return next((kind.code for kind in KINDS if fold(kind.type_name) == fold(type_name)), None)


def may_stay_legal(kind_code: str) -> bool:
    """Whether a paper of the kind can be a legal document."""
    return any(kind.code == kind_code and may_be_legal(kind.doc_type) for kind in KINDS)


def _field(key: str, label: str, ours: str, theirs: str) -> list[FieldChange]:
    if fold(ours) == fold(theirs) and (ours == theirs or _is_first_letter(ours, theirs)):
        return []
    return [FieldChange(key, label, ours or NOTHING, theirs or NOTHING)]


def _is_first_letter(ours: str, theirs: str) -> bool:
    """`V/v rà soát` is printed for `Rà soát`."""
    return ours[1:] == theirs[1:] and ours[:1].lower() == theirs[:1].lower()


def _mark(urgency: str) -> str:
    return str(UrgencyMark(urgency).label).upper() if urgency else ""


def _signer(content: Content, read: WordText, seats: Sequence[Membership]) -> list[FieldChange]:
    ours = [" ".join((*lines, title, name)) for title, name, lines in content.signers]
    theirs = [" ".join(lines) for lines in read.signers]
    if [fold(line) for line in ours] == [fold(line) for line in theirs]:
        return []
    shown = joined(theirs) or NOTHING
    if not theirs or not content.signers:
        same_name = False
    else:
        same_name = all(
            fold(lines[-1]) == fold(name)
            for lines, (_, name, _) in zip(read.signers, content.signers, strict=False)
        ) and len(theirs) == len(ours)
    if same_name:
        why = "Cùng người ký; chức danh, quyền hạn do hệ thống ghi theo chức vụ và hình thức ký đã chọn."
    elif len(theirs) > 1:
        why = "Nhiều người ký: sửa ở phần người ký của dự thảo."
    elif theirs and seat_named(read, seats) is None:
        why = "Không tìm thấy người này trong lãnh đạo đương nhiệm của cơ quan."
    else:
        why = "" if theirs else "Tệp không còn phần chữ ký; người ký giữ như hệ thống."
    return [FieldChange("signer", "Người ký", joined(ours) or NOTHING, shown, why)]


def seat_named(read: WordText, seats: Sequence[Membership]) -> Membership | None:
    """The seat of the one person who signs in the file."""
    if len(read.signers) != 1:
        return None
    name = fold(read.signers[0][-1])
    return next((seat for seat in seats if fold(seat.person.full_name) == name), None)


def recipients_in(read: WordText) -> tuple[str, ...]:
    """Nơi nhận without the archive copy, which the letterhead adds."""
    return tuple(line for line in read.recipients if not fold(line).startswith("luu:"))
