"""How a body heads and signs its papers: from its letterhead and the posts of the day to the parts of a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from councils.models import Organization
from councils.queries import leaders_on
from documents.choices import PaperForm
from documents.law.numbering import symbol
from documents.models import Issuer
from documents.paper.model import Form, Letterhead, Recipients, SignatureBlock, Signer
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError

_AREA_WORDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")


@dataclass(frozen=True)
class Signatory:
    """Who signs for a body on a day, and in what form."""

    name: str
    title: str
    authority: tuple[str, ...]

    @property
    def signer(self) -> Signer:
        """One of those who sign."""
        return Signer(self.title, self.name, self.authority)

    @property
    def block(self) -> SignatureBlock:
        """The signature block on the right."""
        return SignatureBlock((self.signer,))

    @property
    def full_title(self) -> str:
        """`KT. CHỦ TỊCH PHÓ CHỦ TỊCH` without the body, for the register."""
        return " ".join([*(line for line in self.authority if line.startswith(("KT.", "K/T"))), self.title])


def signatory(
    issuer: Issuer, organization: Organization, day: date, preferred: int | None = None
) -> Signatory:
    """The signer on the day: the head, or a deputy who signs KT. for the head (NĐ 30/2020, Điều 13).

    Args:
        preferred: primary key of the person who chairs; signs when they lead the body that day.

    Raises:
        DomainError: nobody leads the body on that day.
    """
    leaders = list(leaders_on(organization, day))
    if not leaders:
        raise DomainError(
            f"Ngày {short_date(day)} {organization} chưa có lãnh đạo để ký. Nhờ quản trị khai báo chức vụ lãnh đạo."
        )
    chosen = next((seat for seat in leaders if seat.person_id == preferred), leaders[0])
    authority = [issuer.signs_for] if issuer.signs_for else []
    if not chosen.post.is_head:
        head = next((seat.post.name for seat in leaders if seat.post.is_head), "Chủ tịch")
        for_head = "K/T" if issuer.form == PaperForm.PARTY else "KT."
        authority.append(f"{for_head} {signing_title(head)}")
    return Signatory(chosen.person.full_name, signing_title(chosen.post.name), tuple(authority))


def signing_title(post: str) -> str:
    """`CHỦ TỊCH` for the post `Chủ tịch HĐND`: the body already stands in the line above."""
    return post.removesuffix(" HĐND").upper()


def letterhead(issuer: Issuer) -> Letterhead:
    """The head of the issuer's papers."""
    superior = tuple(line for line in issuer.superior_lines.splitlines() if line.strip())
    return Letterhead(tuple(issuer.name_lines.splitlines()), superior, Form(issuer.form))


def suffix(symbol: str) -> str:
    """`GM-HĐND` of `31/GM-HĐND`, `NQ/TU` of `13-NQ/TU`."""
    return symbol.lstrip("0123456789")[1:]


def draft_suffix(issuer: Issuer, doc_type: str, day: date) -> str:
    """The symbol behind the number that a paper will get, for its draft."""
    template = issuer.symbol_template
    return suffix(
        symbol(template=template, number=1, type_code=doc_type, body=issuer.symbol_body, year=day.year)
    )


def full_name(organization: Organization) -> str:
    """The name with the place, as papers need it: `Ủy ban nhân dân tỉnh` becomes `… tỉnh Vĩnh Giang`."""
    name, area = organization.name, organization.area
    if area is None or area.name in name:
        return name
    for word in _AREA_WORDS:
        if name.endswith(f" {word}") and area.name.lower().startswith(f"{word} "):
            return f"{name}{area.name[len(word) :]}"
    return name


def recipients(issuer: Issuer, lines: Iterable[str]) -> Recipients:
    """Nơi nhận, with the archive copy last."""
    if issuer.form == PaperForm.PARTY:
        return Recipients(tuple(lines), issuer.drafting_unit or "Văn phòng")
    unit = f", {issuer.drafting_unit}" if issuer.drafting_unit else ""
    return Recipients(tuple(lines), f"VT{unit}")
