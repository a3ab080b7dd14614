"""Issue the invitation: one number, one paper, one mail to each address, the duties settled."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from coordination.choices import EvidenceKind
from coordination.services import settle
from councils.models import Organization
from councils.permissions import ensure
from councils.queries import members_on
from documents import heading
from documents.choices import DocumentType
from documents.models import Document, Issuer
from documents.services import Numbered, issue
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import date_time
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings import papers
from meetings.choices import NOTICE_MODES, MeetingState
from meetings.models import Invitation, Meeting
from meetings.permissions import can_prepare
from meetings.services import letters
from meetings.services.invitees import sync_invitations


@dataclass(frozen=True)
class Issued:
    """What issuing did.

    Attributes:
        unreachable: invited bodies without an address in the contact book; they need paper or a telephone.
    """

    document: Document
    messages: list[Message]
    unreachable: list[Organization]


@transaction.atomic
def issue_invitations(*, actor: Any, meeting: Meeting) -> Issued:
    """Issues the invitation of a planned meeting, once.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: already issued, already past, nobody invited, no signer or no letterhead.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("host__area", "chair")
        .get(pk=meeting.pk)
    )
    ensure(can_prepare(actor, meeting), "Chỉ thư ký của cơ quan tổ chức mới phát hành được giấy mời.")
    _check(meeting)
    sync_invitations(actor=actor, meeting=meeting)
    invitations = meeting.invitations.in_protocol_order()
    members = list(members_on(meeting.host, meeting.day))
    if not invitations and not members:
        raise DomainError("Chưa có ai để mời: cơ quan tổ chức chưa có thành viên và danh sách mời trống.")
    document = _issue_paper(actor, meeting, invitations)
    _stamp(invitations, document)
    meeting.state = MeetingState.INVITED
    meeting.save(update_fields=["state"])
    settle(
        target=meeting,
        kind=EvidenceKind.INVITATION_ISSUED,
        on=clock.today(),
        modes=NOTICE_MODES,
        creditors=[row.organization_id for row in invitations],
        proof=document,
        note=f"Giấy mời số {document.symbol}",
        actor=actor,
    )
    changes = {"document": document.symbol, "organizations": [row.organization for row in invitations]}
    record("meetings.invitation.issued", meeting, actor=actor, changes=changes)
    post = letters.compose(meeting, invitations, members, document.issuer, document)
    sent = [letters.send(letter) for letter in post.letters]
    return Issued(document, [message for message in sent if message], post.unreachable)


def preview(*, actor: Any, meeting: Meeting) -> bytes:
    """The invitation as it would be issued now, without a number; nothing is written."""
    ensure(can_prepare(actor, meeting))
    from documents.services import issuer_of

    invited = meeting.invitations.in_protocol_order()
    return papers.invitation_pdf(meeting, invited, issuer_of(meeting.host), None)


def preview_mails(*, actor: Any, meeting: Meeting) -> letters.Post:
    """The mails that issuing would send now, without number and answer link; nothing is written.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: no letterhead.
    """
    ensure(can_prepare(actor, meeting))
    from documents.services import issuer_of

    invited = meeting.invitations.in_protocol_order()
    members = members_on(meeting.host, meeting.day)
    return letters.compose(meeting, invited, members, issuer_of(meeting.host), None)


def _check(meeting: Meeting) -> None:
    if meeting.state == MeetingState.DROPPED:
        raise DomainError("Kế hoạch họp này đã bỏ. Lập cuộc họp mới nếu vẫn cần họp.")
    if meeting.state != MeetingState.PLANNED:
        raise DomainError("Giấy mời của cuộc họp này đã phát hành, mỗi cuộc họp chỉ phát hành một lần.")
    if meeting.starts_at <= clock.now():
        raise DomainError(
            f"Cuộc họp bắt đầu lúc {date_time(meeting.starts_at)}, đã qua. Sửa thời gian họp rồi phát hành.",
            field="starts_at",
        )
    if not meeting.agenda.exists():
        raise DomainError("Chương trình chưa có nội dung nào. Thêm ít nhất một nội dung rồi phát hành.")


def _issue_paper(actor: Any, meeting: Meeting, invitations: list[Invitation]) -> Document:
    from documents.services import issuer_of

    signer = heading.signatory(issuer_of(meeting.host), meeting.host, clock.today(), meeting.chair_id)

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        return papers.invitation_pdf(meeting, invitations, issuer, taken)

    return issue(
        actor=actor,
        organization=meeting.host,
        doc_type=DocumentType.INVITATION,
        subject=f"Dự {meeting.title}",
        signer_name=signer.name,
        signer_title=signer.full_title,
        recipients=[heading.full_name(row.organization) for row in invitations],
        addressees=[row.organization for row in invitations],
        about=meeting,
        render=render,
    )


def _stamp(invitations: list[Invitation], document: Document) -> None:
    for row in invitations:
        row.document = document
        row.issued_at = clock.now()
        row.nonce = get_random_string(12)
    Invitation.objects.bulk_update(invitations, ["document", "issued_at", "nonce"])
