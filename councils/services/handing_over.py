"""The verbs of a hand-over: each carries out the plan that was read, in one transaction, or nothing."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string

from councils.handover.liaison import LiaisonPlan, plan_liaison
from councils.handover.merger import MergerPlan, plan_merger
from councils.handover.open_work import pass_on
from councils.handover.plan import Plan
from councils.handover.term import TermPlan, plan_term
from councils.law.succession import last_day_before
from councils.models import Contact, LegislativeTerm, Organization, Role, User
from councils.permissions import can_administer, ensure
from councils.services.records import save_record
from hdnd.audit.services import record
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError
from hdnd.outbox.services import queue


@transaction.atomic
def merge_bodies(
    *, actor: Any, sources: list[Organization], successor: Organization, day: date, mark: str
) -> MergerPlan:
    """Ends the bodies the day before, names the successor, moves accounts, addresses and open work to it.

    Args:
        successor: stored, or an unsaved new body.
        mark: the mark of the plan that was confirmed.

    Raises:
        PermissionDenied: the actor is not an administrator.
        DomainError: it may not be, or the plan has changed since it was read.
        ValidationError: the new body breaks a rule.
    """
    ensure(can_administer(actor))
    keys = [body.pk for body in sources] + ([successor.pk] if successor.pk else [])
    locked = {
        row.pk: row for row in Organization.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    plan = plan_merger(
        sources=[locked[body.pk] for body in sources], successor=locked.get(successor.pk, successor), day=day
    )
    _ensure_read(plan, mark)
    if plan.successor.pk is None:
        save_record(actor=actor, record_=plan.successor)
    for seat in plan.seats:
        _end(actor, seat, plan.last_day)
    for role, to in plan.roles:
        _move_role(actor, role, role.user, to, plan.day)
    for contact, to in plan.contacts:
        _move_contact(
            actor, contact, to, plan.day, email=contact.email, name=contact.name, phone=contact.phone
        )
    pass_on(actor, {body.pk: to for body, to in plan.ended}, plan.day)
    for body, to in plan.ended:
        _end(actor, body, plan.last_day)
        body.successors.add(to)
        record(
            "councils.organization.merged",
            body,
            actor=actor,
            changes={"successors": to.name, "day": plan.day},
        )
    return plan


@transaction.atomic
def change_term(
    *, actor: Any, council: Organization, term: LegislativeTerm, ordinal: str, seats: int | None, last_day: date,
    organs_until: date | None, mark: str,
) -> TermPlan:  # fmt: skip
    """Ends the seats of a council's old term and the rights that came with them, and enters the new term.

    Raises:
        PermissionDenied: the actor is not an administrator.
        DomainError: it may not be, or the plan has changed since it was read.
        ValidationError: the new term breaks a rule.
    """
    ensure(can_administer(actor))
    council = Organization.objects.select_for_update().get(pk=council.pk)
    plan = plan_term(
        council=council, term=term, ordinal=ordinal, seats=seats, last_day=last_day, organs_until=organs_until
    )
    _ensure_read(plan, mark)
    if plan.new_term is not None:
        save_record(actor=actor, record_=plan.new_term)
    for row, end in (*plan.seats, *plan.roles):
        _end(actor, row, end)
    record(
        "councils.organization.term_changed", council, actor=actor,
        changes={"term": term.code, "seats_ended": len(plan.seats), "last_day": last_day},
    )  # fmt: skip
    return plan


@transaction.atomic
def replace_liaison(*, actor: Any, leaver: User, successor: User, day: date, mark: str) -> LiaisonPlan:
    """Ends the leaver's roles the day before and gives them to the successor, contact book included, with a mail.

    Args:
        successor: stored, or an unsaved new account, which gets no password: its holder sets one by mail.

    Raises:
        PermissionDenied: the actor is not an administrator.
        DomainError: it may not be, or the plan has changed since it was read.
        ValidationError: the new account breaks a rule.
    """
    ensure(can_administer(actor))
    leaver = User.objects.select_for_update().get(pk=leaver.pk)
    plan = plan_liaison(leaver=leaver, successor=successor, day=day)
    _ensure_read(plan, mark)
    is_new = successor.pk is None
    if is_new:
        successor.set_unusable_password()
        save_record(actor=actor, record_=successor)
    for role in plan.roles:
        assert role.organization is not None
        _move_role(actor, role, successor, role.organization, day)
    for contact in plan.contacts:
        _move_contact(
            actor, contact, contact.organization, day,
            email=successor.email, name=successor.display_name, phone="",
        )  # fmt: skip
    changes = {"successor": str(successor), "day": day, "roles": len(plan.roles)}
    record("councils.user.handed_over", leaver, actor=actor, changes=changes)
    if successor.email:
        queue(
            dedupe_key=f"handover-{leaver.pk}-{successor.pk}-{day}", to=successor.email,
            to_name=successor.display_name, subject=f"Nhận bàn giao công việc đầu mối từ ngày {short_date(day)}",
            text=render_to_string(
                "councils/mail/handover.txt", {"plan": plan, "is_new": is_new, "site": settings.SITE_URL}
            ),
            about=successor,
        )  # fmt: skip
    return plan


def _ensure_read(plan: Plan, mark: str) -> None:
    if plan.mark != mark:
        raise DomainError(
            "Dữ liệu đã thay đổi từ lúc xem trước, chưa làm gì. Xem lại các mục bên dưới rồi xác nhận."
        )


def _end(actor: Any, row: models.Model, last_day: date) -> None:
    """Ends a dated row; one that ends earlier anyway stays as it is."""
    held = getattr(row, "valid_to", None)
    if held is None or held > last_day:
        row.valid_to = last_day  # type: ignore[attr-defined]
        save_record(actor=actor, record_=row)


def _move_role(actor: Any, role: Role, user: User, to: Organization, day: date) -> None:
    """The role goes on for another account or body, unless that holds it already."""
    held = Role.objects.on(day).filter(user=user, organization=to, kind=role.kind).exclude(pk=role.pk)
    begins = max(role.valid_from or day, day)
    if not held.exists():
        save_record(
            actor=actor,
            record_=Role(
                user=user, organization=to, kind=role.kind, valid_from=begins, valid_to=role.valid_to
            ),
        )
    if role.valid_from is not None and role.valid_from >= day:  # it never began in the old place
        record("councils.role.deleted", role, actor=actor)
        role.delete()
        return
    _end(actor, role, last_day_before(day))


def _move_contact(
    actor: Any, contact: Contact, to: Organization, day: date, *, email: str, name: str, phone: str
) -> None:
    """The address goes on elsewhere, unless the body has it already; one that had ended there begins anew."""
    begins = max(contact.valid_from or day, day)
    known = Contact.objects.filter(organization=to, email__iexact=email).first()
    row = known or Contact(
        organization=to, kind=contact.kind, name=name, email=email, phone=phone,
        receives_invitations=contact.receives_invitations,
    )  # fmt: skip
    if known is None or not known.holds_on(begins):
        row.valid_from, row.valid_to = begins, contact.valid_to
        save_record(actor=actor, record_=row)
    if contact.valid_from is not None and contact.valid_from >= day:
        record("councils.contact.deleted", contact, actor=actor)
        contact.delete()
        return
    _end(actor, contact, last_day_before(day))
