"""The verbs of bodies and people. Admin, imports and the demo all write through here, so all is audited."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models, transaction

from councils.choices import RoleKind
from councils.models import Organization, Role, User
from councils.models.dated import Searchable
from councils.permissions import can_administer, ensure
from hdnd.audit.services import changed, plain, record, record_many

BATCH = 500


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
    changes = changed(record_, audited_names(type(record_)))
    record_.save()
    if created or changes:
        record(verb(record_, "created" if created else "changed"), record_, actor=actor, changes=changes)
    return record_


@transaction.atomic
def save_records(
    *, actor: Any, created: Sequence[models.Model], updated: Sequence[tuple[models.Model, dict[str, Any]]]
) -> None:
    """Writes many checked rows of one model with an audit entry each, in a number of queries that does not grow
    with each row.

    Args:
        created: new rows; one may refer to another of them that stands anywhere in the list.
        updated: stored rows with their changes, `{field: [before, after]}`.

    Raises:
        PermissionDenied: the actor is not an administrator.
        IntegrityError: a row contradicts one that was stored since the check.
    """
    ensure(actor is None or can_administer(actor))
    waiting = list(created)
    while waiting:
        ready = [row for row in waiting if not _unsaved_parents(row)]
        if not ready:
            raise ValueError("rows refer to each other in a circle")
        _refresh(ready)
        type(ready[0])._default_manager.bulk_create(ready, BATCH)
        waiting = [row for row in waiting if row.pk is None]
    rows = [row for row, _ in updated]
    if rows:
        _refresh(rows)
        names = {name for _, changes in updated for name in changes} | set(
            getattr(rows[0], "derived_fields", ())
        )
        type(rows[0])._default_manager.bulk_update(rows, sorted(names), BATCH)
    record_many(
        [(verb(row, "created"), row, _as_new(row)) for row in created]
        + [(verb(row, "changed"), row, changes) for row, changes in updated],
        actor=actor,
    )


def _unsaved_parents(row: models.Model) -> bool:
    """Whether the row refers to one that has no key yet."""
    relations = [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.is_cached(row)
    ]
    others = [getattr(row, field.name) for field in relations]
    return any(other is not None and other.pk is None for other in others)


def _refresh(rows: Sequence[models.Model]) -> None:
    for row in rows:
        if isinstance(row, Searchable):
            row.refresh_derived()


def _as_new(row: models.Model) -> dict[str, Any]:
    told = set(audited_names(type(row)))
    values = {
        field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name in told
    }
    return {name: [None, plain(value)] for name, value in values.items() if value is not None}


def audited_names(model: type[models.Model]) -> list[str]:
    """The fields whose changes are told; never secrets, nor what is derived."""
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    return [field.name for field in fields if field.name not in SECRET_FIELDS]


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
