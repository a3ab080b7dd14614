"""Bodies that end and pass into another from a day on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from councils.choices import COUNCIL_FAMILY, OrganizationKind
from councils.handover.plan import Plan, contact_line, open_sections, role_line, seat_line, section, until
from councils.law.succession import last_day_before, refusal
from councils.models import Contact, Membership, Organization, Role
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import fold

BY_HAND = (
    "Nhập thành viên và lãnh đạo của cơ quan kế thừa.",
    "Lập thể thức và dãy số văn bản cho cơ quan kế thừa, nếu là cơ quan mới.",
    "Sửa hoặc ký lại quy chế phối hợp có tên cơ quan kết thúc.",
)


@dataclass(frozen=True)
class MergerPlan(Plan):
    """Which rows end, and where what belongs to them goes."""

    successor: Organization
    ended: tuple[tuple[Organization, Organization], ...]  # with the body that takes its place
    seats: tuple[Membership, ...]
    roles: tuple[tuple[Role, Organization], ...]
    contacts: tuple[tuple[Contact, Organization], ...]

    @property
    def last_day(self) -> date:
        """The last day of what ends."""
        return last_day_before(self.day)


def plan_merger(*, sources: Sequence[Organization], successor: Organization, day: date) -> MergerPlan:
    """What happens when the bodies, with a council's organs, pass into the successor on the day.

    Raises:
        DomainError: it is its own successor, would go round in a circle, or one of them does not exist that day.
    """
    _ensure_possible(sources, successor, day)
    ended = _with_organs(sources, successor, day)
    keys = [body.pk for body, _ in ended]
    if successor.pk in keys:
        raise DomainError(
            f"{successor.name} kết thúc cùng HĐND của mình nên không thể kế thừa. Chọn cơ quan khác.",
            field="successor",
        )
    heir = {body.pk: to for body, to in ended}
    last = last_day_before(day)
    open_then = Q(valid_to=None) | Q(valid_to__gte=day)
    seats = tuple(
        Membership.objects.filter(open_then, organization__in=keys)
        .select_related("person", "post", "organization")
        .order_by("organization__code", "post__rank", "person__sort_key")
    )
    early = [seat for seat in seats if seat.valid_from and seat.valid_from >= day]
    if early:
        raise DomainError(
            f"{seat_line(early[0])} bắt đầu ngày {short_date(early[0].valid_from or day)}, khi cơ quan đã kết thúc. "
            "Sửa hoặc xóa tư cách này trước, hoặc chọn ngày muộn hơn.",
            field="day",
        )
    roles = tuple(
        (role, heir[role.organization_id])
        for role in Role.objects.filter(open_then, organization__in=keys)
        .select_related("user__person", "organization")
        .order_by("organization__code", "user__username")
        if role.organization_id
    )
    contacts = tuple(
        (row, heir[row.organization_id])
        for row in Contact.objects.filter(open_then, organization__in=keys)
        .select_related("organization")
        .order_by("organization__code", "email")
    )
    sections = (
        *section(
            f"Kết thúc {until(last)}",
            [f"{body.name}{_was_open(body)} → {to.name}" for body, to in ended],
        ),
        *section(f"Tư cách thành viên kết thúc {until(last)}", [seat_line(seat) for seat in seats]),
        *section(
            f"Tài khoản chuyển từ ngày {short_date(day)}", [role_line(role, to.label) for role, to in roles]
        ),
        *section(
            f"Danh bạ chuyển từ ngày {short_date(day)}", [contact_line(row, to.label) for row, to in contacts]
        ),
        *open_sections(keys, day, heir),
        *section("Còn phải làm bằng tay", [*BY_HAND, *_below(keys, day)]),
    )
    return MergerPlan(day, sections, successor, tuple(ended), seats, roles, contacts)


def _ensure_possible(sources: Sequence[Organization], successor: Organization, day: date) -> None:
    links = Organization.successors.through.objects.values_list("from_organization", "to_organization")
    later: dict[int, list[int]] = defaultdict(list)
    for old, new in links:
        later[old].append(new)
    refused = refusal(
        sources={body.pk: (body.name, body.valid_from, body.valid_to) for body in sources},
        successor=(successor.pk, successor.name, successor.valid_from, successor.valid_to),
        later=later,
        day=day,
    )
    if refused:
        raise DomainError(refused[1], field=refused[0])


def _with_organs(
    sources: Sequence[Organization], successor: Organization, day: date
) -> list[tuple[Organization, Organization]]:
    """The bodies and the organs of councils among them, each with what takes its place."""
    councils = [body.pk for body in sources if body.kind == OrganizationKind.COUNCIL]
    organs = Organization.objects.filter(kind__in=COUNCIL_FAMILY).select_related("parent").order_by("code")
    own = (
        organs.filter(parent__in=councils)
        .on(last_day_before(day))
        .exclude(pk__in=[body.pk for body in sources])
    )
    others = list(organs.filter(parent=successor.pk).on(day)) if successor.pk else []
    return [(body, successor) for body in sources] + [
        (organ, _counterpart(organ, others) or successor) for organ in own
    ]


def _counterpart(organ: Organization, others: Sequence[Organization]) -> Organization | None:
    """The successor's organ of the same kind: its only one, or the only one whose name begins the same, as `Ban Pháp
    chế HĐND …` does. Without one the council itself takes its place, under whose name its people then serve.
    """
    alike = [other for other in others if other.kind == organ.kind]
    if len(alike) > 1:
        alike = [other for other in alike if _own_name(other) == _own_name(organ)]
    return alike[0] if len(alike) == 1 else None


def _own_name(organ: Organization) -> str:
    """`ban phap che` of `Ban Pháp chế HĐND phường Tân Hòa`."""
    return fold(organ.name).partition(" hdnd ")[0]


def _below(keys: Sequence[int], day: date) -> list[str]:
    """Bodies that stand below one that ends and go on: whether they too are merged is for people to say."""
    rows = Organization.objects.on(day).filter(parent__in=keys).exclude(pk__in=keys).select_related("parent")
    return [
        f"{row.name} còn trực thuộc {row.parent.label}: sáp nhập tiếp, hoặc sửa cơ quan cấp trên."
        for row in rows.order_by("code")
        if row.parent
    ]


def _was_open(body: Organization) -> str:
    return f" (đã ghi kết thúc ngày {short_date(body.valid_to)})" if body.valid_to else ""
