"""Who may sign a draft and in what form: from a seat and its dates to the lines above a name."""

from datetime import date

from councils.choices import COUNCIL_FAMILY, OrganizationKind
from councils.models import Membership, Organization, Post
from councils.queries import leaders_on
from documents import heading
from documents.choices import SigningForm
from documents.heading import Signatory, signing_title
from documents.models import DraftSigner
from documents.services.numbering import issuer_of
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError


def signatory_of(signer: DraftSigner, day: date) -> Signatory:
    """The form in which the person signs on the day (NĐ 30/2020, Điều 13).

    Raises:
        DomainError: for `signer`: the post has ended or not begun, or the form does not fit the post.
    """
    seat, body = signer.seat, signer.organization
    ensure_in_post(seat, day)
    if signer.form == SigningForm.OWN:
        if not leaders_on(body, day).filter(pk=seat.pk).exists():
            raise DomainError(
                f"{seat.person.full_name} không giữ chức vụ lãnh đạo ở {body} ngày {short_date(day)}. "
                "Chọn người khác, hoặc chọn hình thức ký TL., TUQ.",
                field="signer",
            )
        return heading.signatory(issuer_of(body), body, day, seat.person_id)
    if signer.form == SigningForm.ACTING:
        title = signer.authority or f"Q. {signing_title(_head_post(body))}"
        above = issuer_of(body).signs_for
        return Signatory(seat.person.full_name, title.upper(), (above,) if above else ())
    line = signer.authority or f"{signer.form}. {_without_tm(body)}"
    return Signatory(seat.person.full_name, signing_title(seat.post.name), (line.upper(),))


def ensure_in_post(seat: Membership, day: date) -> None:
    """Lets pass who holds the post on the day.

    Raises:
        DomainError: for `signer`.
    """
    if seat.holds_on(day):
        return
    who = f"{seat.person.full_name}, {seat.post.name} {seat.organization.label}"
    ended = seat.valid_to is not None and seat.valid_to < day
    when = (
        f"đã thôi giữ chức vụ từ {short_date(seat.valid_to)}"
        if ended and seat.valid_to
        else "chưa nhận chức vụ"
    )
    raise DomainError(f"{who}, {when}. Chọn người ký khác.", field="signer")


def _without_tm(body: Organization) -> str:
    """`THƯỜNG TRỰC HĐND` of `TM. THƯỜNG TRỰC HĐND`; the body's name where it does not sign on behalf."""
    return issuer_of(body).signs_for.removeprefix("TM. ") or body.name


def _head_post(body: Organization) -> str:
    head = Post.objects.filter(organization_kind=body.kind, is_head=True).order_by("rank").first()
    return head.name if head else "Chủ tịch"


def is_same_house(seat: Membership, body: Organization) -> bool:
    """Whether the seat is in the body, in its council, or in the office that serves it: who may sign TL. or TUQ."""
    other = seat.organization
    if other.family_root_id == body.family_root_id or body.pk in (other.pk, other.parent_id):
        return True
    serves = other.kind == OrganizationKind.OFFICE and body.kind in COUNCIL_FAMILY
    return serves and other.area_id == body.area_id
