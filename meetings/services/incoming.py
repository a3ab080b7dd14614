"""Register invitations that come in on paper: they raise the other side's duties and prove that it kept them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from coordination.choices import EvidenceKind, Mode
from coordination.services import raise_duties, settle, void_duties, withdraw
from councils.models import Organization, Person
from councils.permissions import can_serve_office, ensure
from documents.sender import sender_for
from documents.services.reading import read_later
from hdnd.audit.services import changed, record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.dates import long_date, short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import fold, nfc
from hdnd.outbox.services import Attachment, queue
from meetings.calendar import incoming_ics
from meetings.choices import NOTICE_MODES
from meetings.models import IncomingInvitation, Invitation
from meetings.occasion import occasion_of_incoming
from meetings.queries.incoming import people_for

MIN_REASON = 10
FIELDS = ("host", "kind", "title", "place", "starts_at", "symbol", "dated_on", "received_on", "note")


@dataclass(frozen=True)
class IncomingInput:
    """A paper as the secretary enters it; names as in `IncomingInvitation`. `content` is the scan, if there is one."""

    host: Organization
    kind: str
    title: str
    starts_at: datetime
    received_on: date
    place: str = ""
    symbol: str = ""
    dated_on: date | None = None
    note: str = ""
    file_name: str = ""
    content: bytes | None = None


@transaction.atomic
def register(*, actor: Any, organization: Organization, data: IncomingInput) -> IncomingInvitation:
    """Enters a paper that invites the body; the host's duty to invite is settled on the day it was received.

    Raises:
        PermissionDenied: the actor is not of the body's secretariat.
        DomainError: from one's own council, not received yet, already registered or already in the system, or the
            scan is not what its name says.
        ValidationError: a field breaks a rule.
    """
    _ensure_keeper(actor, organization)
    # Two secretaries with the same paper wait for each other here; the weak lock holds up nobody else.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    incoming = IncomingInvitation(organization=organization)
    _fill(incoming, data)
    incoming.save()
    changes = {"host": incoming.host, "symbol": incoming.symbol, "received_on": incoming.received_on}
    record("meetings.incoming.registered", incoming, actor=actor, changes=changes)
    _prove(incoming, actor)
    return incoming


@transaction.atomic
def change(*, actor: Any, incoming: IncomingInvitation, data: IncomingInput) -> IncomingInvitation:
    """Corrects what was entered; duties and evidence follow. A scan left empty stays.

    Raises:
        PermissionDenied, DomainError, ValidationError: as `register`; withdrawn.
    """
    incoming = _locked(actor, incoming)
    before = incoming.starts_at, incoming.place
    _fill(incoming, data)
    changes = changed(incoming, [*FIELDS, "file_name"])
    if (incoming.starts_at, incoming.place) != before:
        incoming.version += 1
    incoming.save()
    if changes:
        record("meetings.incoming.changed", incoming, actor=actor, changes=changes)
        _take_back(incoming, actor)
        _prove(incoming, actor)
    return incoming


@transaction.atomic
def assign(*, actor: Any, incoming: IncomingInvitation, people: Iterable[Person]) -> None:
    """Says who attends; those with an address get a mail with the calendar entry, once for each time and place.

    Raises:
        PermissionDenied: the actor is not of the body's secretariat.
        DomainError: someone is not of the body's council that day, or the invitation is withdrawn or past.
    """
    incoming = _locked(actor, incoming)
    wanted = list(people)
    known = set(people_for(incoming.organization, incoming.day).values_list("pk", flat=True))
    stranger = next((person for person in wanted if person.pk not in known), None)
    if stranger:
        raise DomainError(
            f"{stranger} không phải người của {incoming.organization.label} vào ngày {short_date(incoming.day)}. "
            "Chọn người khác.",
            field="people",
        )
    if incoming.attended_on or incoming.absent_because:
        raise DomainError("Đã ghi kết quả dự. Xóa kết quả rồi cử lại.", field="people")
    before = [str(person) for person in incoming.people.all()]
    incoming.people.set(wanted)
    changes = {"people": [before, [str(person) for person in wanted]]}
    record("meetings.incoming.assigned", incoming, actor=actor, changes=changes)
    if clock.now() < incoming.starts_at:
        for person in wanted:
            if person.email:
                _mail(incoming, person)


@transaction.atomic
def record_result(
    *, actor: Any, incoming: IncomingInvitation, attended: bool | None, reason: str = ""
) -> None:
    """Notes that the body attended, or that it did not and why; None takes the note back.

    Attending settles the body's own duty to attend.

    Raises:
        PermissionDenied: the actor is not of the body's secretariat.
        DomainError: attended before the day, absent without a reason, or withdrawn.
    """
    incoming = _locked(actor, incoming)
    if attended and clock.today() < incoming.day:
        raise DomainError(f"Chưa đến ngày diễn ra ({long_date(incoming.day)}). Ghi kết quả từ ngày đó.")
    if attended is False and not nfc(reason):
        raise DomainError("Ghi lý do không dự.", field="reason")
    incoming.attended_on = incoming.day if attended else None
    incoming.absent_because = nfc(reason)[:500] if attended is False else ""
    changes = changed(incoming, ["attended_on", "absent_because"])
    incoming.save(update_fields=["attended_on", "absent_because"])
    record("meetings.incoming.attended", incoming, actor=actor, changes=changes)
    if attended:
        _prove_attendance(incoming, actor)
    else:
        withdraw(target=incoming, kind=EvidenceKind.ATTENDED, proof=incoming, actor=actor)


@transaction.atomic
def withdraw_incoming(*, actor: Any, incoming: IncomingInvitation, reason: str) -> None:
    """Takes back what was registered by mistake: its evidence goes, its duties become void, the row stays.

    Raises:
        PermissionDenied: the actor is not of the body's secretariat.
        DomainError: the reason is too short, or it was withdrawn before.
    """
    incoming = _locked(actor, incoming)
    reason = nfc(reason)[:500]
    if len(reason) < MIN_REASON:
        raise DomainError(f"Ghi rõ lý do rút, ít nhất {MIN_REASON} ký tự.", field="reason")
    incoming.withdrawn_because = reason
    incoming.save(update_fields=["withdrawn_because"])
    record("meetings.incoming.withdrawn", incoming, actor=actor, changes={"reason": reason})
    _take_back(incoming, actor)
    void_duties(target=incoming, reason=f"Giấy mời đến đã rút: {reason}", actor=actor)


def _ensure_keeper(actor: Any, organization: Organization) -> None:
    ensure(
        can_serve_office(actor, organization), "Chỉ thư ký của cơ quan được mời mới ghi được giấy mời đến."
    )


def _locked(actor: Any, incoming: IncomingInvitation) -> IncomingInvitation:
    locked: IncomingInvitation = (
        IncomingInvitation.objects.select_for_update(of=("self",))
        .select_related("organization__area", "host__area")
        .get(pk=incoming.pk)
    )
    _ensure_keeper(actor, locked.organization)
    if locked.withdrawn_because:
        raise DomainError("Giấy mời đến này đã rút nên không sửa được nữa.")
    return locked


def _fill(incoming: IncomingInvitation, data: IncomingInput) -> None:
    """Takes over what was entered, if the rules allow it."""
    for name in FIELDS:
        setattr(incoming, name, getattr(data, name))
    _check(incoming)
    if data.content is not None:
        kind = filetypes.checked(data.file_name, data.content, filetypes.SCANS)
        incoming.file = files.store(data.content, kind.suffix)
        incoming.file_name = nfc(data.file_name)[:200]
        read_later(incoming.file)
    incoming.full_clean(exclude=["host", "organization"])


def _check(incoming: IncomingInvitation) -> None:
    host, organization = incoming.host, incoming.organization
    if host.family_root_id == organization.family_root_id:
        raise DomainError("Cơ quan mời cùng HĐND với cơ quan được mời: dùng Lập cuộc họp.", field="host")
    for body in (host, organization):
        if not body.holds_on(incoming.day):
            raise DomainError(
                f"{body} không tồn tại vào ngày {short_date(incoming.day)}. Chọn cơ quan khác hoặc sửa ngày.",
                field="host" if body is host else "organization",
            )
    if incoming.received_on > clock.today():
        raise DomainError("Ngày nhận chưa tới. Ghi ngày đã nhận giấy mời.", field="received_on")
    same = IncomingInvitation.objects.filter(
        host=host, organization=organization, withdrawn_because=""
    ).exclude(pk=incoming.pk)
    symbol = fold(incoming.symbol)
    for other in same.filter(dated_on=incoming.dated_on).exclude(symbol="") if symbol else ():
        if fold(other.symbol) == symbol:
            raise DomainError(
                f"Giấy mời số {other.symbol} của {host.label} đã vào sổ ngày {short_date(other.received_on)}.",
                field="symbol",
            )
    sent = Invitation.objects.filter(
        organization=organization, meeting__host=host, meeting__starts_at=incoming.starts_at,
        issued_at__isnull=False,
    )  # fmt: skip
    if sent.exists():
        raise DomainError(
            f"{host.label} đã mời cuộc họp này trong hệ thống. Trả lời ở mục Giấy mời nhận được, không cần vào sổ.",
            field="host",
        )


def _prove(incoming: IncomingInvitation, actor: Any) -> None:
    """Duties in step with the paper, and the paper as evidence for them."""
    raise_duties(occasion=occasion_of_incoming(incoming), actor=actor)
    settle(
        target=incoming,
        kind=EvidenceKind.RECEIVED,
        on=incoming.received_on,
        modes=NOTICE_MODES,
        creditors=[incoming.organization_id],
        proof=incoming,
        note=incoming.paper_line,
        actor=actor,
    )
    if incoming.attended_on:
        incoming.attended_on = incoming.day
        incoming.save(update_fields=["attended_on"])
        _prove_attendance(incoming, actor)


def _prove_attendance(incoming: IncomingInvitation, actor: Any) -> None:
    settle(
        target=incoming,
        kind=EvidenceKind.ATTENDED,
        on=incoming.day,
        modes=[Mode.ATTEND],
        debtors=[incoming.organization_id],
        proof=incoming,
        note=f"Dự {incoming.title}"[:300],
        actor=actor,
    )


def _take_back(incoming: IncomingInvitation, actor: Any) -> None:
    for kind in (EvidenceKind.RECEIVED, EvidenceKind.ATTENDED):
        withdraw(target=incoming, kind=kind, proof=incoming, actor=actor)


def _mail(incoming: IncomingInvitation, person: Person) -> None:
    ics = incoming_ics(incoming, attendee_email=person.email, attendee_name=person.full_name)
    attachments = [Attachment("lich.ics", "text/calendar; method=REQUEST", files.store(ics, ".ics"))]
    if incoming.file:
        kind = filetypes.of_stored(incoming.file)
        attachments.insert(0, Attachment(incoming.file_name, kind.mime, incoming.file))
    context = {
        "incoming": incoming,
        "addressee": person.styled_name,
        "sender": incoming.organization.name,
        "link": settings.SITE_URL + reverse("meetings:incoming_detail", args=[incoming.pk]),
    }
    queue(
        dedupe_key=f"incoming:{incoming.pk}:{person.pk}:{incoming.version}",
        to=person.email,
        to_name=person.full_name,
        **sender_for(incoming.organization),
        subject=f"Cử dự: {incoming.title}",
        text=render_to_string("meetings/mail/incoming.txt", context),
        html=render_to_string("meetings/mail/incoming.html", context),
        attachments=attachments,
        about=incoming,
    )
