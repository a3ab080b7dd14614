"""Accounts and what they may do for which body."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models

from councils.choices import RoleKind
from councils.models.dated import Dated, DatedQuerySet, Searchable
from councils.models.organization import Organization
from councils.models.person import Person


class User(Searchable, AbstractUser):
    """A person who signs in. Rights come from roles, never from the account itself."""

    person = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="người", null=True, blank=True, related_name="users"
    )
    title = models.CharField("chức danh", max_length=120, blank=True)

    # Own names only: whoever searches accounts also searches the person behind (`person__search`).
    search_fields = ("username", "last_name", "first_name", "email", "title")
    objects: ClassVar[UserManager["User"]] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name people know: the person's, else the account's own."""
        own = f"{self.last_name} {self.first_name}".strip()
        return self.person.full_name if self.person else (own or self.username)


class Role(Dated):
    """What one account may do for one body, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="tài khoản", related_name="roles")
    organization = models.ForeignKey(
        Organization, models.PROTECT, verbose_name="cơ quan", null=True, blank=True, related_name="roles",
        help_text="Bỏ trống chỉ với quản trị toàn hệ thống.",
    )  # fmt: skip
    kind = models.CharField("vai trò", max_length=15, choices=RoleKind.choices)

    objects: ClassVar[DatedQuerySet] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = (
            models.UniqueConstraint(fields=["user", "organization", "kind", "valid_from"], name="role_once"),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | models.Q(kind=RoleKind.ADMINISTRATOR),
                name="role_needs_organization",
            ),
        )

    def clean(self) -> None:
        super().clean()
        if self.organization is None and self.kind and self.kind != RoleKind.ADMINISTRATOR:
            raise ValidationError(
                {
                    "organization": "Vai trò này phải gắn với một cơ quan. "
                    "Chọn cơ quan, hoặc chọn vai trò quản trị hệ thống."
                }
            )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}, {self.organization or 'toàn hệ thống'}"
