"""Accounts and roles. Rights are roles: Django's groups and superuser switch stay out of sight."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse

from councils.admin.base import AuditedAdmin, DatedAdmin, InForceFilter
from councils.admin.inlines import RolesOfUser
from councils.models import Role, User
from councils.services import note_password
from hdnd.lib import clock


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password; without Django's switch to other ways of signing in, of which there are none here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class AccountForm(UserCreationForm):  # type: ignore[type-arg]
    """A new account. Its password may stay empty: its holder then sets the first one by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any] | None:
        given = [self.cleaned_data.get(name) for name in ("password1", "password2")]
        if any(given) and not all(given):
            self.add_error("password2", self.error_messages["password_mismatch"])
        if not any(given):
            self.cleaned_data["password1"] = None  # unusable; an empty text would be a password
            if not self.cleaned_data.get("email") and "email" not in self.errors:
                self.add_error("email", MAIL_NEEDED)
        return super().clean()


MAIL_NEEDED = "Không đặt mật khẩu thì ghi thư điện tử: người dùng tự đặt mật khẩu bằng đường dẫn gửi tới đó."
HOW_TO_START = (
    "Để trống mật khẩu thì người dùng tự đặt: chọn “Quên mật khẩu” ở trang đăng nhập, "
    "đường dẫn gửi tới thư điện tử."
)
ABOUT = ("person", "title", ("last_name", "first_name"), "email")


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):  # type: ignore[type-arg]
    """Accounts with their roles."""

    add_form = AccountForm
    add_form_template = None
    change_password_form = PasswordForm
    list_display = ("username", "shown_name", "title", "email", "roles_today", "is_active", "last_login")
    list_filter = ("is_active", "roles__kind")
    list_select_related = ("person",)
    search_fields = ("search",)
    folded = ("search", "person__search")
    ordering = ("username",)
    filter_horizontal = ()
    autocomplete_fields = ("person",)
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        ("Người dùng", {"fields": ABOUT}),
        ("Thời điểm", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "password1", "password2"),
                "description": HOW_TO_START,
            },
        ),
        ("Người dùng", {"fields": ABOUT}),
    )
    inlines = (RolesOfUser,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today = Role.objects.on(clock.today()).select_related("organization")
        return super().get_queryset(request).prefetch_related(Prefetch("roles", today, to_attr="held"))

    @admin.display(description="họ và tên", ordering="person__sort_key")
    def shown_name(self, user: User) -> str:
        """The person's name, else the account's own."""
        return user.display_name

    @admin.display(description="vai trò hôm nay")
    def roles_today(self, user: Any) -> str:
        """`Thư ký: Thường trực HĐND tỉnh`."""
        rows = [
            f"{role.get_kind_display()}: {role.organization.label if role.organization else 'toàn hệ thống'}"
            for role in user.held
        ]
        return "; ".join(rows) or "–"

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Sets another's password; audited without the password."""
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            # Only a password that was set leads back to the account's page.
            if response.status_code == 302 and response["Location"] != request.get_full_path():
                note_password(actor=request.user, user=User.objects.get(pk=id))
        return response


@admin.register(Role)
class RoleAdmin(DatedAdmin):
    """All roles; mostly edited under the account or the body."""

    list_display = ("user", "kind", "organization", "validity", "holds_today")
    list_filter = (InForceFilter, "kind", "organization__level")
    list_select_related = ("user__person", "organization")
    autocomplete_fields = ("user", "organization")
    folded = ("user__search", "user__person__search", "organization__search")
    ordering = ("user__username", "pk")
    fields = ("user", "organization", "kind", ("valid_from", "valid_to"))
