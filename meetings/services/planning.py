"""Plan a meeting: time, place, agenda, whom to invite. Every change asks the heart again who is owed what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from coordination.choices import AgendaKind
from coordination.models import Duty
from coordination.services import waive
from councils.models import Area, Organization
from councils.permissions import can_serve_office, ensure
from hdnd.audit.services import changed, record
from hdnd.lib import clock
from hdnd.lib.dates import date_time, short_date
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import nfc
from meetings.choices import NOTICE_MODES, Basis
from meetings.models import AgendaItem, Invitation, Meeting
from meetings.permissions import can_edit_plan, can_prepare
from meetings.services.invitees import sync_invitations

PLAN_FIELDS = (
    "kind",
    "title",
    "starts_at",
    "ends_at",
    "place",
    "format",
    "chair",
    "secretary_name",
    "note",
    "answer_by",
    "code",
    "session",
)


@dataclass(frozen=True)
class ItemInput:
    """An agenda item as the secretary enters it; `minutes` is its length."""

    title: str
    kind: str
    presenter: str = ""
    minutes: int | None = None
    areas: tuple[Area, ...] = ()
    organizations: tuple[Organization, ...] = ()


@dataclass(frozen=True)
class PlanInput:
    """A meeting as the secretary enters it; names as in `Meeting`."""

    kind: str
    title: str
    starts_at: datetime
    place: str
    ends_at: datetime | None = None
    format: str = "in_person"
    chair: Any = None
    secretary_name: str = ""
    note: str = ""
    answer_by: datetime | None = None
    code: str = ""
    session: Any = None
    areas: tuple[Area, ...] = ()
    agenda: tuple[ItemInput, ...] = field(default=())


@transaction.atomic
def create_meeting(*, actor: Any, host: Organization, plan: PlanInput) -> Meeting:
    """Plans a meeting of the host and raises its duties.

    Raises:
        PermissionDenied: the actor is not of the host's secretariat.
        DomainError: it lies in the past, or the host does not exist on that day.
        ValidationError: a field breaks a rule.
    """
    ensure(can_serve_office(actor, host), "Chỉ thư ký của cơ quan tổ chức mới lập được cuộc họp.")
    check_time(host, plan.starts_at)
    meeting = Meeting(host=host, **{name: getattr(plan, name) for name in PLAN_FIELDS})
    meeting.full_clean()
    meeting.save()
    meeting.areas.set(plan.areas)
    for position, item in enumerate(plan.agenda, start=1):
        write_item(AgendaItem(meeting=meeting, position=position), item)
    record(
        "meetings.meeting.planned",
        meeting,
        actor=actor,
        changes={"starts_at": meeting.starts_at, "host": host},
    )
    sync_invitations(actor=actor, meeting=meeting)
    return meeting


@transaction.atomic
def update_meeting(*, actor: Any, meeting: Meeting, plan: PlanInput, version: int) -> Meeting:
    """Changes time, place and the like while nothing is issued.

    Raises:
        PermissionDenied, DomainError, ValidationError: as `create_meeting`.
        StaleEdit: someone saved the plan since it was read.
    """
    meeting = _locked(actor, meeting)
    if meeting.version != version:
        raise StaleEdit(
            "Cuộc họp vừa được người khác sửa. Xem bản đang lưu bên cạnh bản của bạn rồi lưu lại.",
            stored=meeting,
        )
    if plan.starts_at != meeting.starts_at:
        check_time(meeting.host, plan.starts_at)
    for name in PLAN_FIELDS:
        setattr(meeting, name, getattr(plan, name))
    meeting.full_clean()  # before comparing: it brings text to NFC
    changes = changed(meeting, list(PLAN_FIELDS)) | _changed_areas(meeting, plan.areas)
    meeting.version += 1
    meeting.save()
    meeting.areas.set(plan.areas)
    if changes:
        record("meetings.meeting.changed", meeting, actor=actor, changes=changes)
    sync_invitations(actor=actor, meeting=meeting)
    return meeting


@transaction.atomic
def add_item(*, actor: Any, meeting: Meeting, item: ItemInput) -> AgendaItem:
    """Puts an item at the end of the agenda, before a closing conclusion if there is one."""
    meeting = _locked(actor, meeting)
    items = list(meeting.agenda.order_by("position"))
    stored = AgendaItem(meeting=meeting, position=len(items) + 1)
    write_item(stored, item)
    if items and items[-1].kind == AgendaKind.CONCLUSION != stored.kind:
        renumber([*items[:-1], stored, items[-1]])
    record("meetings.agenda.added", meeting, actor=actor, changes={"item": stored.title})
    sync_invitations(actor=actor, meeting=meeting)
    return stored


@transaction.atomic
def change_item(*, actor: Any, item: AgendaItem, data: ItemInput) -> AgendaItem:
    """Changes one item."""
    meeting = _locked(actor, item.meeting)
    item = _current(meeting, item)
    before = item.title
    write_item(item, data)
    record("meetings.agenda.changed", meeting, actor=actor, changes={"item": [before, item.title]})
    sync_invitations(actor=actor, meeting=meeting)
    return item


@transaction.atomic
def remove_item(*, actor: Any, item: AgendaItem) -> None:
    """Takes one item off the agenda and closes the gap."""
    meeting = _locked(actor, item.meeting)
    item = _current(meeting, item)
    record("meetings.agenda.removed", meeting, actor=actor, changes={"item": item.title})
    item.delete()
    renumber(list(meeting.agenda.order_by("position")))
    sync_invitations(actor=actor, meeting=meeting)


@transaction.atomic
def order_items(*, actor: Any, meeting: Meeting, order: list[int]) -> None:
    """Puts the agenda in the given order of primary keys.

    Raises:
        DomainError: the list is not exactly the agenda, someone changed it meanwhile.
    """
    meeting = _locked(actor, meeting)
    items = {item.pk: item for item in meeting.agenda.all()}
    if sorted(order) != sorted(items):
        raise DomainError("Chương trình vừa được người khác sửa. Tải lại trang rồi sắp xếp lại.")
    renumber([items[pk] for pk in order])
    record("meetings.agenda.ordered", meeting, actor=actor, changes={"order": order})
    sync_invitations(actor=actor, meeting=meeting)  # the reason of an invitation names the item's number


@transaction.atomic
def invite_by_hand(
    *, actor: Any, meeting: Meeting, organization: Organization, reason: str = ""
) -> Invitation:
    """Adds a body no clause names.

    Raises:
        DomainError: the body is already invited, is the host itself, or does not exist on that day.
    """
    meeting = _locked(actor, meeting)
    if organization.pk == meeting.host_id:
        raise DomainError(
            "Cơ quan tổ chức không tự mời chính mình: thành viên được triệu tập.", field="organization"
        )
    if not organization.holds_on(meeting.day):
        raise DomainError(
            f"{organization} không tồn tại vào ngày {short_date(meeting.day)}. Chọn cơ quan khác.",
            field="organization",
        )
    invitation: Invitation
    invitation, created = Invitation.objects.get_or_create(
        meeting=meeting,
        organization=organization,
        defaults={"basis": Basis.HAND, "reason": nfc(reason)[:500]},
    )
    if not created and not invitation.is_left_out:
        raise DomainError(f"{organization} đã có trong danh sách mời.", field="organization")
    if not created:
        return restore(actor=actor, invitation=invitation)
    record("meetings.invitee.added", meeting, actor=actor, changes={"organization": organization})
    return invitation


@transaction.atomic
def leave_out(*, actor: Any, invitation: Invitation, reason: str = "") -> None:
    """Strikes a body from the plan; one that a clause names needs a reason and its duties are waived.

    Raises:
        DomainError: no reason, or one too short, where a clause names the body.
    """
    meeting = _locked(actor, invitation.meeting)
    if invitation.basis == Basis.HAND:
        record(
            "meetings.invitee.removed",
            meeting,
            actor=actor,
            changes={"organization": invitation.organization},
        )
        invitation.delete()
        return
    duties = list(
        Duty.objects.of(meeting)
        .filter(creditor=invitation.organization, mode__in=NOTICE_MODES, void_reason="")
        .select_related("clause__regulation")
    )
    reason = nfc(reason)
    if duties and not reason:
        raise DomainError(
            f"Ghi lý do không mời {invitation.organization.label}: {duties[0].clause.basis} quy định phải mời.",
            field="reason",
        )
    for duty in duties:
        waive(actor=actor, duty=duty, reason=reason)
    invitation.is_left_out = True
    invitation.save(update_fields=["is_left_out"])
    changes = {"organization": invitation.organization, "reason": reason}
    record("meetings.invitee.left_out", meeting, actor=actor, changes=changes)


@transaction.atomic
def restore(*, actor: Any, invitation: Invitation) -> Invitation:
    """Takes a body struck from the plan back in; its waivers end."""
    meeting = _locked(actor, invitation.meeting)
    for duty in Duty.objects.of(meeting).filter(creditor=invitation.organization).exclude(waived_reason=""):
        waive(actor=actor, duty=duty, reason="")
    invitation.is_left_out = False
    invitation.save(update_fields=["is_left_out"])
    record(
        "meetings.invitee.restored", meeting, actor=actor, changes={"organization": invitation.organization}
    )
    sync_invitations(actor=actor, meeting=meeting)  # the plan may have moved while the duty was waived
    return invitation


def _locked(actor: Any, meeting: Meeting) -> Meeting:
    """The meeting under a row lock, if the actor may still edit its plan.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: the invitation is out, so the plan stands.
    """
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("host__area").get(pk=meeting.pk)
    )
    ensure(can_prepare(actor, locked), "Chỉ thư ký của cơ quan tổ chức mới sửa được cuộc họp.")
    if not can_edit_plan(actor, locked):
        raise DomainError("Giấy mời đã phát hành nên kế hoạch không sửa được nữa.")
    return locked


def _current(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    """The item as stored: another secretary may have moved or removed it since the page was read.

    Raises:
        DomainError: it is gone.
    """
    found = meeting.agenda.filter(pk=item.pk).first()
    if found is None:
        raise DomainError("Nội dung này vừa được người khác bỏ khỏi chương trình. Tải lại trang.")
    return found


def _changed_areas(meeting: Meeting, areas: Iterable[Area]) -> dict[str, Any]:
    before = sorted(str(area) for area in meeting.areas.all())
    after = sorted(str(area) for area in areas)
    return {"areas": [before, after]} if before != after else {}


def check_time(host: Organization, starts_at: datetime) -> None:
    """Refuses a time that has passed, and a day on which the host does not exist.

    Raises:
        DomainError: either of them.
    """
    if starts_at <= clock.now():
        raise DomainError(
            f"Thời gian họp {date_time(starts_at)} đã qua. Chọn thời gian sau hiện tại.", field="starts_at"
        )
    day = clock.local(starts_at).date()
    if not host.holds_on(day):
        raise DomainError(
            f"{host} không tồn tại vào ngày {short_date(day)}. Chọn cơ quan khác hoặc ngày khác.",
            field="host",
        )


def write_item(stored: AgendaItem, item: ItemInput) -> None:
    """Stores one item as entered, at the position it has."""
    stored.title, stored.kind = nfc(item.title), item.kind
    stored.presenter, stored.minutes = nfc(item.presenter), item.minutes
    stored.full_clean(validate_constraints=False)
    stored.save()
    stored.areas.set(item.areas)
    stored.organizations.set(item.organizations)


def renumber(items: list[AgendaItem]) -> None:
    """Positions 1 to n; in two steps, since databases check uniqueness row by row."""
    for offset in (1000, 0):
        for position, item in enumerate(items, start=1):
            item.position = position + offset
        AgendaItem.objects.bulk_update(items, ["position"])
