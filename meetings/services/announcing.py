"""Issue the numbered notice of a change, write the change down, and tell whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coordination.choices import EvidenceKind
from coordination.services import settle
from councils.models import Organization
from councils.queries import members_on
from documents import heading
from documents.choices import DocumentType
from documents.models import Document, Issuer
from documents.services import Numbered, issue, issuer_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings.choices import NOTICE_MODES, ChangeKind
from meetings.models import Meeting, MeetingChange
from meetings.papers_of_change import change_pdf, verb_of
from meetings.services.change_audience import Audience, stamp
from meetings.services.change_mails import mail_change


@dataclass(frozen=True)
class Changed:
    """What a change did.

    Attributes:
        unreachable: bodies it concerns without an address in the contact book.
    """

    change: MeetingChange
    audience: Audience
    messages: list[Message]
    unreachable: list[Organization]


def announce(
    *,
    actor: Any,
    meeting: Meeting,
    kind: ChangeKind,
    reason: str,
    differences: dict[str, Any],
    before: Mapping[str, Any],
    audience: Audience,
) -> Changed:
    """Issues the notice, writes down the change and what follows for invitations, and queues the mails.

    Called by the verbs of `changing`, in their transaction and behind their lock and right.

    Args:
        meeting: as it stands after the change.
        before: `starts_at` and `place` as told before.
    """
    document = _issue_notice(actor, meeting, kind, reason, differences, before, audience)
    change = MeetingChange.objects.create(
        meeting=meeting, kind=kind, reason=reason, differences=differences, asks_again=audience.asks_again,
        document=document, made_at=clock.now(), made_by=actor,
    )  # fmt: skip
    stamp(audience, document)
    if audience.added:
        settle(
            target=meeting, kind=EvidenceKind.INVITATION_ISSUED, on=clock.today(), modes=NOTICE_MODES,
            creditors=[row.organization_id for row in audience.added], proof=document,
            note=f"Thông báo số {document.symbol}", actor=actor,
        )  # fmt: skip
    record(
        f"meetings.meeting.{_VERBS[kind]}",
        meeting,
        actor=actor,
        changes={"reason": reason, "document": document.symbol, **differences},
    )
    members = list(members_on(meeting.host, meeting.day))
    messages, unreachable = mail_change(change=change, audience=audience, members=members, before=before)
    return Changed(change, audience, messages, unreachable)


_VERBS = {
    ChangeKind.MOVED: "moved",
    ChangeKind.AGENDA: "agenda_changed",
    ChangeKind.POSTPONED: "postponed",
    ChangeKind.CANCELLED: "cancelled",
}


def _issue_notice(
    actor: Any,
    meeting: Meeting,
    kind: ChangeKind,
    reason: str,
    differences: dict[str, Any],
    before: Mapping[str, Any],
    audience: Audience,
) -> Document:
    signer = heading.signatory(issuer_of(meeting.host), meeting.host, clock.today(), meeting.chair_id)
    rows = [*audience.told, *audience.gone]
    bodies = [heading.full_name(row.organization) for row in rows]
    invitation = invitation_paper(meeting)

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        return change_pdf(
            meeting, kind=kind, reason=reason, differences=differences, invitation=invitation, before=before,
            bodies=bodies, issuer=issuer, taken=taken,
        )  # fmt: skip

    return issue(
        actor=actor,
        organization=meeting.host,
        doc_type=DocumentType.NOTICE,
        subject=f"{verb_of(kind, differences)} {meeting.title}",
        signer_name=signer.name,
        signer_title=signer.full_title,
        recipients=bodies,
        addressees=[row.organization for row in rows],
        about=meeting,
        render=render,
    )


def invitation_paper(meeting: Meeting) -> Document:
    """The invitation that was issued, which every later notice names."""
    issued = Document.objects.of(meeting).filter(doc_type=DocumentType.INVITATION)
    found: Document | None = issued.order_by("issued_at").first()
    if found is None:
        raise DomainError("Không tìm thấy giấy mời đã phát hành của cuộc họp này trong sổ văn bản.")
    return found
