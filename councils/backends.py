"""Django permissions from roles: an administrator manages reference data in admin, nobody else."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import BaseBackend

from councils.models import User
from councils.permissions import can_administer

# Of meetings only reference data is registered in admin; of coordination and documents, records are read-only there.
MANAGED_APPS = frozenset({"councils", "coordination", "documents", "meetings"})
READ_APPS = frozenset({"audit", "outbox"})


def account(user_id: Any) -> User | None:
    """The active account of a session, with the person whose name stands on every page."""
    return User.objects.select_related("person").filter(pk=user_id, is_active=True).first()


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by user name or e-mail address."""

    def get_user(self, user_id: Any) -> User | None:
        return account(user_id)


class RoleBackend(BaseBackend):
    """Grants administrators all permissions on managed apps and viewing on the others."""

    def get_user(self, user_id: Any) -> User | None:
        """The active account of a session begun through this backend (tests sign in by it)."""
        return account(user_id)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _, action = perm.partition(".")
        if not can_administer(user_obj):
            return False
        return app in MANAGED_APPS or (app in READ_APPS and action.startswith("view_"))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return (app_label in MANAGED_APPS or app_label in READ_APPS) and can_administer(user_obj)
