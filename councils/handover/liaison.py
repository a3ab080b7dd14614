"""An account whose holder leaves: another takes over its roles and its place in the contact book."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from councils.handover.plan import Plan, contact_line, open_sections, role_line, section, until
from councils.law.succession import last_day_before
from councils.models import Contact, Role, User
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError


@dataclass(frozen=True)
class LiaisonPlan(Plan):
    """Roles and addresses that pass from one account to another on `day`."""

    leaver: User
    successor: User  # unsaved when new
    roles: tuple[Role, ...]
    contacts: tuple[Contact, ...]

    @property
    def last_day(self) -> date:
        """The leaver's last day."""
        return last_day_before(self.day)


def plan_liaison(*, leaver: User, successor: User, day: date) -> LiaisonPlan:
    """What happens when the successor takes over from the leaver on the day.

    Raises:
        DomainError: the same account, a locked one, or nothing to take over.
    """
    if successor.pk is not None and successor.pk == leaver.pk:
        raise DomainError(
            "Người nhận trùng người bàn giao. Chọn tài khoản khác, hoặc lập tài khoản mới.", field="successor"
        )
    if not successor.is_active:
        raise DomainError(
            "Tài khoản người nhận đang khóa. Mở khóa trong trang quản trị trước.", field="successor"
        )
    last = last_day_before(day)
    roles = tuple(
        Role.objects.on(last)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), user=leaver, organization__isnull=False)
        .select_related("user__person", "organization")
        .order_by("organization__code", "kind")
    )
    if not roles:
        raise DomainError(
            f"{leaver.display_name} không có vai trò nào còn hiệu lực qua ngày {short_date(day)}. "
            "Chọn ngày hoặc tài khoản khác.",
            field="leaver",
        )
    bodies = {role.organization_id for role in roles if role.organization_id}
    contacts = tuple(
        Contact.objects.on(last)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), organization__in=bodies, email__iexact=leaver.email)
        .select_related("organization")
        .order_by("organization__code")
        if leaver.email
        else ()
    )
    if contacts and not successor.email:
        raise DomainError("Người nhận cần địa chỉ thư để thay trong danh bạ. Ghi thư điện tử.", field="email")
    name = f"{successor.display_name} ({successor.username})"
    sections = (
        *section("Tài khoản mới", [] if successor.pk else [f"{name}, {successor.email}: tự đặt mật khẩu bằng “Quên mật khẩu”"]),
        *section(
            f"Vai trò: {leaver.display_name} {until(last)}, {successor.display_name} từ ngày {short_date(day)}",
            [role_line(role, name) for role in roles],
        ),
        *section(f"Danh bạ đổi từ ngày {short_date(day)}", [contact_line(row, successor.email) for row in contacts]),
        *open_sections(bodies, day, note=f" (cơ quan vẫn giữ, {successor.display_name} làm tiếp)"),
    )  # fmt: skip
    return LiaisonPlan(day, sections, leaver, successor, roles, contacts)
