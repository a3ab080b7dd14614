"""Who may do what with drafts. Rights come from roles, and for a reviewer from being asked."""

from typing import Any

from django.db.models import Q

from councils.models import Organization
from councils.permissions import OFFICE_KINDS, access, can_lead, can_serve_office
from documents.choices import DraftState
from documents.models import Delegation, Draft, DraftVersion, SignOff
from hdnd.lib import clock


def can_draft(user: Any, organization: Organization) -> bool:
    """Writes drafts in the name of the body."""
    return can_serve_office(user, organization)


def can_edit_draft(user: Any, draft: Draft) -> bool:
    """Writes this draft: its office, before it is put forward or after it came back."""
    return draft.is_editable and can_draft(user, draft.organization)


def can_withdraw_draft(user: Any, draft: Draft) -> bool:
    """Takes it back from those who decide; not once a number waits for the signed copy."""
    return draft.is_waiting and not draft.has_number and can_draft(user, draft.organization)


def can_comment_draft(user: Any, draft: Draft) -> bool:
    """Remarks on it: the office, the body's leaders, and who was asked; not on what is closed."""
    is_open = draft.state not in (DraftState.ISSUED, DraftState.DROPPED)
    family = access(user).serves(draft.organization, OFFICE_KINDS)
    return is_open and (family or asked_of(user).filter(version__draft=draft).exists())


def can_file_signed_copy(user: Any, draft: Draft) -> bool:
    """Takes the number and registers the copy that was signed by hand."""
    return draft.state == DraftState.APPROVED and can_serve_office(user, draft.organization)


def can_send_draft(user: Any, draft: Draft) -> bool:
    """Sends the issued paper to its addressees."""
    return draft.state == DraftState.ISSUED and can_serve_office(user, draft.organization)


def can_delegate(user: Any, organization: Organization) -> bool:
    """Writes down who decides in whose place: the body's office or its leaders."""
    return can_serve_office(user, organization) or can_lead(user, organization)


def delegations_to(user: Any) -> Any:
    """Delegations in force today by which the person decides for others."""
    if not access(user).roots_of():
        return Delegation.objects.none()
    return Delegation.objects.on(clock.today()).filter(deputy=user, ended_at=None)


def asked_of(user: Any) -> Any:
    """Sign-offs the person may give: their own, and of those whom they stand in for in the body of the draft."""
    if not access(user).roots_of():
        return SignOff.objects.none()
    mine = Q(user=user)
    for principal, body in delegations_to(user).values_list("principal", "organization"):
        family = _family(body)
        mine |= Q(user=principal, version__draft__organization__in=family)
        mine |= Q(
            user=principal, signer__organization__in=family
        )  # signs a joint paper that another body leads
    return SignOff.objects.filter(mine)


def _family(body: int) -> list[int]:
    """The bodies whose drafts a delegation for the body covers: the whole council for one of its organs."""
    found = Organization.objects.get(pk=body)
    return list(Organization.objects.in_families([found.family_root_id]).values_list("pk", flat=True))


def open_sign_off(user: Any, draft: Draft) -> SignOff | None:
    """The sign-off that waits for this person now; their own before one they give for somebody else."""
    if not draft.is_waiting:
        return None
    found = asked_of(user).open().filter(version__draft=draft).select_related("user", "signer")
    rows: list[SignOff] = list(found)
    rows.sort(key=lambda row: row.user_id != user.pk)
    return rows[0] if rows else None


def latest_version(draft: Draft) -> DraftVersion | None:
    """What was put forward or uploaded last."""
    found: DraftVersion | None = draft.versions.order_by("-number").first()
    return found
