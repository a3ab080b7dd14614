"""Ai có quyền gì: every role of every account, on one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from councils import queries
from councils.choices import RIGHTS_IN_WORDS, RoleKind
from councils.filters import RoleFilter
from councils.models import Role
from councils.permissions import can_administer, ensure
from hdnd.lib import clock
from hdnd.lib.lists import Column, ListPage


def _standing(role: Role) -> str:
    if not role.user.is_active:
        return "tài khoản khóa"
    return "đang hiệu lực" if role.holds_on(clock.today()) else "hết hiệu lực"


COLUMNS = (
    Column("nguoi", "Người dùng", lambda role: role.user.display_name, order=("user__person__sort_key", "user__first_name")),
    Column("tai-khoan", "Tài khoản", lambda role: role.user.username, order=("user__username",)),
    Column("vai-tro", "Vai trò", lambda role: role.get_kind_display(), order=("kind", "user__username")),
    Column(
        "co-quan", "Cơ quan", lambda role: role.organization.name if role.organization else "toàn hệ thống",
        order=("organization__search", "kind"),
    ),
    Column("tu", "Từ ngày", lambda role: role.valid_from, order=("valid_from",)),
    Column("den", "Đến hết ngày", lambda role: role.valid_to, order=("valid_to",)),
    Column("dang-nhap", "Đăng nhập gần nhất", lambda role: role.user.last_login, order=("user__last_login",)),
    Column("mo", "Hiện trạng", _standing),
)  # fmt: skip


@login_required
@require_GET
def role_list(request: HttpRequest) -> HttpResponse:
    """Who may do what for which body, and what that means in words."""
    ensure(can_administer(request.user))
    found = RoleFilter(request.GET, queryset=queries.role_list(request.user))
    page = ListPage(request, filterset=found, columns=COLUMNS, default_sort="co-quan", name="quyen")
    meanings = [(kind.label, RIGHTS_IN_WORDS[kind]) for kind in RoleKind]
    return page.response("councils/role_list.html", {"meanings": meanings, "today": clock.today()})
