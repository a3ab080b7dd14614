"""Templates in versions: save a new one, restore an old one as the newest."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from councils.permissions import can_serve_office, ensure
from documents.choices import PaperForm
from documents.law.authority import MARKS, PARTY_MARKS, is_authority
from documents.models import Issuer, PaperTemplate
from documents.paper.fields import faults
from documents.paper.sentences import Part
from documents.paper.template_kinds import TemplateKind
from documents.queries.templates import parts_of_version, standing_parts
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import date_time
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.pdf import MissingGlyphError
from hdnd.lib.pdf.fonts import missing_letters
from hdnd.lib.text import nfc

NOT_YOURS = "Chỉ văn phòng của cơ quan ban hành mới sửa được mẫu văn bản."
LONGEST = {"subject": 1_000, "body": 200_000}
LONGEST_PART = 4_000


@transaction.atomic
def save_template(
    *, actor: Any, issuer: Issuer, kind: TemplateKind, parts: Mapping[str, str], seen: int, note: str = ""
) -> PaperTemplate:
    """Adds a version that stands from now on; papers issued before stay as they are.

    Args:
        seen: the version the person began from, 0 for the built-in one.

    Raises:
        PermissionDenied: the actor does not serve the office of the issuer.
        StaleEdit: someone else saved a version in between; it is carried along.
        DomainError: nothing changed, a part is missing or too long, or names a field it can't have; the field is the part.
    """
    newest = _newest(actor, issuer, kind)
    if newest is not None and newest.version != seen:
        raise StaleEdit(
            f"{newest.made_by} đã lưu bản {newest.version} lúc {date_time(newest.made_at)}, trong khi bạn đang sửa. "
            "Nội dung của bạn còn nguyên ở đây; xem bản đó ở danh sách các bản rồi lưu lại nếu vẫn muốn.",
            stored=newest,
        )
    written = checked_parts(issuer, kind, parts)
    if written == standing_parts(issuer, kind.code):
        raise DomainError("Chưa có chữ nào khác bản đang dùng, nên không lưu bản mới.")
    return _add(actor, issuer, kind, written, newest, nfc(note), "documents.template.saved")


@transaction.atomic
def restore_template(*, actor: Any, issuer: Issuer, kind: TemplateKind, version: int) -> PaperTemplate:
    """Lets an older version stand again, as a new one; 0 is the built-in template.

    Raises:
        PermissionDenied: the actor does not serve the office of the issuer.
        DomainError: there is no such version, or it says what already stands.
    """
    newest = _newest(actor, issuer, kind)
    parts = parts_of_version(issuer, kind, version)
    if parts is None:
        raise DomainError(f"Mẫu này không có bản {version}. Tải lại trang để xem các bản.")
    if parts == standing_parts(issuer, kind.code):
        raise DomainError(f"Bản {version} giống bản đang dùng, không cần khôi phục.")
    note = f"Khôi phục bản {version}" if version else "Trở về mẫu có sẵn"
    return _add(actor, issuer, kind, parts, newest, note, "documents.template.restored")


def checked_parts(issuer: Issuer, kind: TemplateKind, parts: Mapping[str, str]) -> dict[str, str]:
    """The parts as they would be stored; writes nothing.

    Raises:
        DomainError: as `save_template`; the field is the part.
    """
    return {part.key: _checked(part, parts.get(part.key, ""), issuer) for part in kind.parts}


def _newest(actor: Any, issuer: Issuer, kind: TemplateKind) -> PaperTemplate | None:
    """The version that stands, the issuer locked: two people who save at once come one after the other."""
    issuer = Issuer.objects.select_for_update(of=("self",)).select_related("organization").get(pk=issuer.pk)
    ensure(can_serve_office(actor, issuer.organization), NOT_YOURS)
    versions = PaperTemplate.objects.filter(issuer=issuer, kind=kind.code).select_related("made_by")
    return versions.order_by("-version").first()


def _add(
    actor: Any,
    issuer: Issuer,
    kind: TemplateKind,
    parts: dict[str, str],
    newest: PaperTemplate | None,
    note: str,
    verb: str,
) -> PaperTemplate:
    version = newest.version + 1 if newest else 1
    before = kind.defaults | (newest.parts if newest else {})
    made = PaperTemplate(
        issuer=issuer, kind=kind.code, version=version, parts=parts, note=note, made_by=actor, made_at=clock.now()
    )  # fmt: skip
    made.full_clean()
    made.save()
    changed = [part.name for part in kind.parts if parts[part.key] != before[part.key]]
    record(verb, made, actor=actor, changes={"kind": kind.name, "version": version, "parts": changed})
    return made


def _checked(part: Part, text: str, issuer: Issuer) -> str:
    """The text of a part, composed, its line ends alike, its faults told."""
    written = "\n".join(_line(line) for line in text.strip().splitlines())
    if part.is_required and not written:
        raise DomainError(
            f"Phần “{part.name}” đang trống. Viết nội dung, hoặc khôi phục mẫu có sẵn.", field=part.key
        )
    longest = LONGEST.get(part.key, LONGEST_PART)
    if len(written) > longest:
        raise DomainError(
            f"Phần “{part.name}” dài {len(written)} ký tự, nhiều nhất {longest}. Rút gọn rồi lưu lại.",
            field=part.key,
        )
    if part.choices:
        if written not in {value for value, _ in part.choices}:
            raise DomainError(f"Chọn một giá trị có trong danh sách của “{part.name}”.", field=part.key)
        return written
    told = faults(written, part.fields)
    if told:
        raise DomainError(" ".join(told), field=part.key)
    if part.key == "authority":
        _check_authority(written, issuer)
    lacking = missing_letters(written)
    if lacking:
        raise DomainError(MissingGlyphError(lacking).message, field=part.key)
    return written


def _line(line: str) -> str:
    """Tabs between cells of a table stay."""
    return "\t".join(nfc(cell) for cell in line.rstrip().split("\t"))


def _check_authority(written: str, issuer: Issuer) -> None:
    of_party = issuer.form == PaperForm.PARTY
    for line in written.splitlines():
        if not is_authority(line, of_party=of_party):
            marks = ", ".join(PARTY_MARKS if of_party else MARKS)
            raise DomainError(
                f"“{line}” chưa nói ký với quyền hạn nào. Mỗi dòng bắt đầu bằng một trong {marks}, rồi tên cơ quan hoặc "
                "chức vụ, ví dụ TL. THƯỜNG TRỰC HĐND.",
                field="authority",
            )
