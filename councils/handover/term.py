"""A council at the end of its term: seats end, the new term begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from councils.choices import COUNCIL_FAMILY, OrganizationKind, RoleKind
from councils.handover.plan import Plan, Section, open_sections, role_line, seat_line, section, until
from councils.models import CouncilTerm, Dated, LegislativeTerm, Membership, Organization, Role
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError

STAYS = " (vẫn thuộc HĐND và các cơ quan của HĐND khóa mới)"


BY_HAND = (
    "Nhập đại biểu, Thường trực và các Ban khóa mới.",
    "Cấp vai trò đại biểu, lãnh đạo cho người của khóa mới, kể cả người tái cử.",
)


@dataclass(frozen=True)
class TermPlan(Plan):
    """Which seats and rights end, and the term that begins; `day` is the council's last day of the old term."""

    council: Organization
    organs_until: date
    new_term: CouncilTerm | None  # unsaved; None when it is stored already
    seats: tuple[tuple[Membership, date], ...]
    roles: tuple[tuple[Role, date], ...]


def plan_term(
    *, council: Organization, term: LegislativeTerm, ordinal: str, seats: int | None, last_day: date,
    organs_until: date | None,
) -> TermPlan:  # fmt: skip
    """What happens when the council's old term ends on `last_day`.

    Args:
        seats: delegates to be elected in the new term; None when the term is entered already.
        organs_until: the last day of its organs' members, who may serve until new ones are elected; None means the
            same day.

    Raises:
        DomainError: not a council, days in the wrong order, or nothing said of the new term.
    """
    if council.kind != OrganizationKind.COUNCIL:
        raise DomainError(f"{council.name} không phải Hội đồng nhân dân. Chọn một HĐND.", field="council")
    if last_day >= term.valid_from:
        raise DomainError(
            f"Ngày kết thúc phải trước ngày bắt đầu nhiệm kỳ mới {short_date(term.valid_from)}. Sửa ngày, hoặc chọn "
            "nhiệm kỳ khác.",
            field="last_day",
        )
    organs_until = organs_until or last_day
    if organs_until < last_day:
        raise DomainError(
            "Thường trực và các Ban không kết thúc trước HĐND. Chọn ngày muộn hơn, hoặc bỏ trống.",
            field="organs_until",
        )
    stored = CouncilTerm.objects.filter(council=council, term=term).first()
    if stored is None and not seats:
        raise DomainError("Ghi số đại biểu được bầu của khóa mới.", field="seats")
    new = None if stored else CouncilTerm(council=council, term=term, ordinal=ordinal, seats=seats or 0)
    ending = _ending_seats(council, last_day, organs_until)
    roles = _ending_roles(council, last_day, organs_until)
    family = [
        council.pk,
        *Organization.objects.filter(parent=council, kind__in=COUNCIL_FAMILY).values_list("pk", flat=True),
    ]
    begins = f"{council.name} khóa {(stored or new).ordinal or '?'}, nhiệm kỳ {term}, {(stored or new).seats} đại biểu"  # type: ignore[union-attr]
    sections = (
        *section(
            "Nhiệm kỳ mới",
            [f"{begins}{' (đã nhập)' if stored else ''}, từ ngày {short_date(term.valid_from)}"],
        ),
        *_by_end("Tư cách thành viên kết thúc", [(seat_line(row), row, end) for row, end in ending]),
        *_by_end("Quyền đại biểu, lãnh đạo kết thúc", [(role_line(row), row, end) for row, end in roles]),
        *open_sections(family, last_day, note=STAYS),
        *section("Còn phải làm bằng tay", BY_HAND),
    )
    return TermPlan(last_day, sections, council, organs_until, new, ending, roles)


def _by_end(title: str, rows: Sequence[tuple[str, Dated, date]]) -> tuple[Section, ...]:
    """A section for each last day; rows that had another are marked."""
    found: tuple[Section, ...] = ()
    for day in sorted({end for _, _, end in rows}):
        lines = [
            line + (f" (trước ghi đến {short_date(row.valid_to)})" if row.valid_to else "")
            for line, row, end in rows
            if end == day
        ]
        found += section(f"{title} {until(day)}", lines)
    return found


def _ending_seats(
    council: Organization, last_day: date, organs_until: date
) -> tuple[tuple[Membership, date], ...]:
    """Seats of the old term that are open beyond their last day; those that begin later are the new term's."""
    found = (
        Membership.objects.filter(
            Q(organization=council) | Q(organization__parent=council, organization__kind__in=COUNCIL_FAMILY),
            valid_from__lte=last_day,
        )
        .select_related("person", "post", "organization")
        .order_by("organization__code", "post__rank", "person__sort_key")
    )
    ends = [(row, last_day if row.organization_id == council.pk else organs_until) for row in found]
    return tuple((row, end) for row, end in ends if row.valid_to is None or row.valid_to > end)


def _ending_roles(council: Organization, last_day: date, organs_until: date) -> tuple[tuple[Role, date], ...]:
    """Rights that came with a seat; the staff goes on."""
    found = (
        Role.objects.filter(
            Q(organization=council) | Q(organization__parent=council, organization__kind__in=COUNCIL_FAMILY),
            Q(valid_from=None) | Q(valid_from__lte=last_day),
            kind__in=[RoleKind.DELEGATE, RoleKind.LEADER],
        )
        .select_related("user__person", "organization")
        .order_by("organization__code", "user__username")
    )
    ends = [(row, last_day if row.organization_id == council.pk else organs_until) for row in found]
    return tuple((row, end) for row, end in ends if row.valid_to is None or row.valid_to > end)
