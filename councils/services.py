"""The verbs of bodies and people. Admin, imports and the demo all write through here, so all is audited."""

from datetime import date
from typing import Any

from django.db import models, transaction

from councils.choices import RoleKind
from councils.models import Organization, Role, User
from councils.permissions import can_administer, ensure
from hdnd.audit.services import changed, record


@transaction.atomic
def save_record(*, actor: Any, record_: models.Model, check: bool = True) -> models.Model:
    """Creates or changes one row of reference data.

    Args:
        actor: an administrator; None for the system (demo, import of official areas).
        record_: the unsaved or changed instance.
        check: False when a form has just run the same validation.

    Raises:
        PermissionDenied: the actor is not an administrator.
        ValidationError: the row breaks a rule; messages are Vietnamese and by field.
    """
    ensure(actor is None or can_administer(actor))
    created = record_._state.adding
    if check:
        record_.full_clean()
    names = [
        field.name for field in record_._meta.concrete_fields if field.editable and not field.primary_key
    ]
    names = [name for name in names if name not in SECRET_FIELDS]
    changes = changed(record_, names)
    record_.save()
    if created or changes:
        record(verb(record_, "created" if created else "changed"), record_, actor=actor, changes=changes)
    return record_


@transaction.atomic
def delete_record(*, actor: Any, record_: models.Model) -> None:
    """Deletes one row of reference data that nothing refers to.

    Raises:
        PermissionDenied: the actor is not an administrator.
        ProtectedError: something refers to it; end-date it instead.
    """
    ensure(actor is None or can_administer(actor))
    record(verb(record_, "deleted"), record_, actor=actor)
    record_.delete()


@transaction.atomic
def note_relations(*, actor: Any, record_: models.Model, changes: dict[str, Any]) -> None:
    """Audits a change of many-to-many links, which are saved after the row itself.

    Raises:
        PermissionDenied: the actor is not an administrator.
    """
    ensure(actor is None or can_administer(actor))
    if changes:
        record(verb(record_, "relations_changed"), record_, actor=actor, changes=changes)


@transaction.atomic
def note_password(*, actor: Any, user: User) -> None:
    """Audits that the account's password was set by an administrator; never the password.

    Raises:
        PermissionDenied: the actor is not an administrator.
    """
    ensure(actor is None or can_administer(actor))
    record(verb(user, "password_set"), user, actor=actor)


@transaction.atomic
def grant_role(
    *,
    actor: Any,
    user: User,
    kind: str,
    organization: Organization | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Role:
    """Gives an account a role for a body.

    Raises:
        PermissionDenied: the actor is not an administrator.
        ValidationError: a role other than administrator without a body.
    """
    role = Role(user=user, kind=kind, organization=organization, valid_from=valid_from, valid_to=valid_to)
    save_record(actor=actor, record_=role)
    sync_staff(user)
    return role


def sync_staff(user: User) -> None:
    """Opens Django admin to administrators and closes it to everyone else."""
    should = any(role.kind == RoleKind.ADMINISTRATOR for role in Role.objects.filter(user=user))
    if user.is_staff != should:
        user.is_staff = should
        user.save(update_fields=["is_staff"])


SECRET_FIELDS = frozenset({"password", "last_login", "search", "sort_key"})


def verb(instance: models.Model, what: str) -> str:
    """`councils.membership.created`."""
    return f"{instance._meta.app_label}.{instance._meta.model_name}.{what}"
