"""Drafts a person may see, whom they wait for, and what people choose from."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Cast

from councils.models import Membership, Organization, User
from councils.models.dated import in_force
from councils.permissions import OFFICE_KINDS, STAFF_KINDS, access, family_filter
from documents.choices import DocumentState, DraftState
from documents.models import Delegation, Document, Draft, DraftComment, DraftVersion, SignOff
from documents.permissions.drafts import asked_of
from hdnd.audit.models import Entry
from hdnd.lib import clock


def visible_drafts(user: Any) -> QuerySet[Draft]:
    """Drafts of the person's offices, and those they were asked about; a delegate sees none."""
    rights = access(user)
    if not rights.roots_of():
        return Draft.objects.none()
    own = family_filter("organization", rights.roots_of(OFFICE_KINDS))
    asked = asked_of(user).values("version__draft")
    return Draft.objects.filter(own | Q(pk__in=asked))


def draft_of(user: Any) -> QuerySet[Draft]:
    """Visible drafts with what their page shows."""
    return visible_drafts(user).select_related(
        "organization__area", "drafter__person", "document", "target", "target__organization"
    )


def draft_list(user: Any) -> QuerySet[Draft]:
    """Visible drafts with what a list row shows: `waiting_for` holds the open sign-offs once `finish` has run."""
    return visible_drafts(user).select_related("organization", "drafter__person", "document")


def waiting_for_me(user: Any) -> QuerySet[Draft]:
    """Drafts whose turn is this person's, for themselves or in somebody's place."""
    mine = asked_of(user).open().filter(version__draft=OuterRef("pk"))
    return Draft.objects.filter(Exists(mine), state__in=(DraftState.IN_REVIEW, DraftState.APPROVED))


def returned_to_me(user: Any) -> QuerySet[Draft]:
    """Drafts the person wrote that came back."""
    return visible_drafts(user).filter(drafter=user, state=DraftState.RETURNED)


def signed_unsent(user: Any) -> QuerySet[Draft]:
    """Papers of the person's offices that were signed but never sent to whom they are addressed."""
    kind = ContentType.objects.get_for_model(Document)
    sent = Entry.objects.filter(
        content_type=kind,
        verb="documents.document.sent",
        object_id=Cast(OuterRef("document_id"), CharField()),
    )
    offices = family_filter("organization", access(user).roots_of(STAFF_KINDS))
    issued = Draft.objects.filter(offices, state=DraftState.ISSUED, addressees__isnull=False)
    return issued.filter(~Exists(sent)).exclude(document__state=DocumentState.WITHDRAWN).distinct()


def put_waiting(drafts: Iterable[Draft]) -> None:
    """Sets `waiting_for` of each draft: the names it waits for, in one query."""
    rows = list(drafts)
    names: dict[int, list[str]] = {}
    found = SignOff.objects.open().filter(version__draft__in=[row.pk for row in rows])
    for draft, name in found.order_by("pk").values_list("version__draft", "name"):
        names.setdefault(draft, []).append(name)
    for row in rows:
        row.waiting_for = _waits_for(row, names.get(row.pk, []))  # type: ignore[attr-defined]


def _waits_for(draft: Draft, names: list[str]) -> str:
    if draft.is_waiting:
        return ", ".join(names)
    return draft.drafter.display_name if draft.is_editable else ""


def versions_of(draft: Draft) -> list[DraftVersion]:
    """Versions, newest first, each with its sign-offs in order."""
    signed = SignOff.objects.select_related("user__person", "decided_by__person")
    found = draft.versions.select_related("by__person").prefetch_related(Prefetch("sign_offs", signed))
    return list(found.order_by("-number"))


def comments_of(draft: Draft) -> list[DraftComment]:
    """All remarks, oldest first."""
    return list(draft.comments.select_related("author__person", "answered_by__person", "version"))


def comments_visible(user: Any) -> QuerySet[DraftComment]:
    """Remarks on drafts the person may see."""
    return DraftComment.objects.filter(draft__in=visible_drafts(user)).select_related("draft__organization")


def signer_seats(bodies: Iterable[Organization]) -> QuerySet[Membership]:
    """Who may sign for the bodies today: their leaders, and those of the office that serves them."""
    found = list(bodies)
    areas = [body.area_id for body in found if body.area_id]
    offices = Q(organization__kind="office", organization__area__in=areas)
    own = Q(organization__in=found) & Q(post__is_leader=True)
    return (
        Membership.objects.filter(own | (offices & Q(post__is_leader=True)))
        .filter(in_force(clock.today()))
        .select_related("person", "post", "organization")
        .order_by("organization__code", "post__rank", "person__sort_key")
    )


def seats_to_choose(draft: Draft, bodies: Iterable[Organization]) -> QuerySet[Membership]:
    """The same, and whoever is named in the draft already: one whose post has ended is told so, not lost."""
    named = draft.signers.values("seat")
    found = Membership.objects.filter(Q(pk__in=signer_seats(bodies).values("pk")) | Q(pk__in=named))
    return found.select_related("person", "post", "organization").order_by(
        "organization__code", "post__rank", "person__sort_key"
    )


def last_route(draft: Draft) -> list[list[int]]:
    """Who was asked last time, step by step, without the signers."""
    version = draft.versions.filter(sign_offs__isnull=False).order_by("-number").first()
    steps: dict[int, list[int]] = {}
    if version is not None:
        rows = version.sign_offs.filter(signer=None, user__isnull=False).order_by("step", "pk")
        for step, user in rows.values_list("step", "user"):
            steps.setdefault(step, []).append(user)
    return list(steps.values())


def reviewers_of(organization: Organization) -> QuerySet[User]:
    """Accounts that may be asked: those who serve or lead the body's family today."""
    family = Organization.objects.in_families([organization.family_root_id]).values("pk")
    day = clock.today()
    return (
        User.objects.filter(
            in_force(day, "roles__"),
            is_active=True,
            roles__organization__in=family,
            roles__kind__in=OFFICE_KINDS,
        )
        .select_related("person")
        .distinct()
        .order_by("person__sort_key", "username")
    )


def addressees_to_choose() -> QuerySet[Organization]:
    """Bodies existing today."""
    found: QuerySet[Organization] = Organization.objects.on(clock.today())
    return found.order_by("level", "code")


def delegations_of(user: Any) -> QuerySet[Delegation]:
    """Delegations of the person's bodies, and those they take part in."""
    rights = access(user)
    if not rights.roots_of():
        return Delegation.objects.none()
    own = family_filter("organization", rights.roots_of(OFFICE_KINDS))
    found: QuerySet[Delegation] = Delegation.objects.filter(own | Q(principal=user) | Q(deputy=user))
    return found.select_related("principal__person", "deputy__person", "organization")


def deputies_today(users: Iterable[int], organization: Organization) -> dict[int, list[str]]:
    """Who decides in whose place today, by the key of the one who is away."""
    found: dict[int, list[str]] = {}
    for row in _delegated_today(users, organization):
        found.setdefault(row.principal_id, []).append(row.deputy.display_name)
    return found


def _delegated_today(users: Iterable[int], organization: Organization) -> QuerySet[Delegation]:
    """Delegations in force today of those accounts for the body or another organ of its council."""
    family = Organization.objects.in_families([organization.family_root_id]).values("pk")
    found: QuerySet[Delegation] = Delegation.objects.on(clock.today()).filter(
        principal__in=list(users), ended_at=None, organization__in=family
    )
    return found.select_related("deputy__person")


def waiting_rows(draft: Draft) -> list[SignOff]:
    """The open sign-offs of the step that decides now, with what a mail about them says."""
    if not draft.is_waiting:
        return []
    found = SignOff.objects.open().filter(version__draft=draft)
    return list(found.select_related("user__person", "version__by__person").order_by("pk"))


def stand_ins(rows: Iterable[SignOff], organization: Organization) -> dict[int, list[User]]:
    """Accounts that decide today in the place of those asked, by the key of the one who is away."""
    found: dict[int, list[User]] = {}
    for row in _delegated_today([row.user_id for row in rows if row.user_id], organization):
        found.setdefault(row.principal_id, []).append(row.deputy)
    return found


def open_count(draft: Draft) -> int:
    """How many remarks nobody has answered."""
    return draft.comments.filter(answered_at=None).count()


def delegating_bodies(user: Any) -> QuerySet[Organization]:
    """Bodies for which the person may write a delegation down: those with a letterhead that they serve or lead."""
    own = family_filter("", access(user).roots_of(OFFICE_KINDS))
    return Organization.objects.filter(own, in_force(clock.today()), issuer__isnull=False).order_by("code")


def people_of(bodies: QuerySet[Organization]) -> QuerySet[User]:
    """Accounts that serve or lead one of the bodies today."""
    day = clock.today()
    found = User.objects.filter(
        in_force(day, "roles__"), is_active=True, roles__organization__in=bodies, roles__kind__in=OFFICE_KINDS
    )
    return found.select_related("person").distinct().order_by("person__sort_key", "username")
