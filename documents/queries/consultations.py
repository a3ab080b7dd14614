"""Consultations a person may see, and what is waited for."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from councils.models import Membership, Organization
from councils.models.dated import in_force
from councils.permissions import OFFICE_KINDS, PARTNER_KINDS, STAFF_KINDS, access, family_filter
from documents.choices_consultation import ConsultationState
from documents.models import (
    Consultation,
    ConsultationAnswer,
    ConsultationPaper,
    ConsultationVoice,
    Document,
)
from documents.queries.papers import visible_documents
from hdnd.lib import clock
from hdnd.outbox.models import Message, State
from hdnd.outbox.queries import messages_about


def own_voices(user: Any) -> QuerySet[ConsultationVoice]:
    """Voices the person may answer with: their own, and those of bodies they answer for; issued ones only."""
    bodies = family_filter("organization", access(user).roots_of(OFFICE_KINDS | PARTNER_KINDS))
    mine = Q(person=user.person_id) & Q(person__isnull=False)
    told = ConsultationVoice.objects.filter(consultation__opened_at__isnull=False)
    if not getattr(user, "is_authenticated", False):
        return told.none()
    return told.filter(bodies | mine).select_related(
        "consultation__organization", "consultation__document__issuer", "person", "organization"
    )


def office_consultations(user: Any) -> QuerySet[Consultation]:
    """Consultations of the bodies whose office the person belongs to, drafts included."""
    return Consultation.objects.filter(family_filter("organization", access(user).roots_of(OFFICE_KINDS)))


def visible_consultations(user: Any) -> QuerySet[Consultation]:
    """Those of the person's office, and those in which they are asked; the others do not exist for them."""
    asked = own_voices(user).values("consultation")
    own = family_filter("organization", access(user).roots_of(OFFICE_KINDS))
    return Consultation.objects.filter(own | Q(pk__in=asked))


def consultation_list(user: Any) -> QuerySet[Consultation]:
    """Visible ones with what a row shows: `asked`, `answered`, and whether the person still has to answer (`waits`)."""
    waits = awaiting(user).filter(consultation=OuterRef("pk"))
    return (
        visible_consultations(user)
        .select_related("organization", "result")
        .annotate(
            asked=Count("voices", distinct=True),
            answered=Count("voices", filter=Q(voices__answers__isnull=False), distinct=True),
            waits=Exists(waits),
        )
    )


def consultation_detail(user: Any) -> QuerySet[Consultation]:
    """Visible ones with what their page shows."""
    return (
        visible_consultations(user)
        .select_related("organization__area", "members_of__area", "document__issuer", "result")
        .prefetch_related("questions", "papers")
    )


def awaiting(user: Any) -> QuerySet[ConsultationVoice]:
    """Open voices of the person without any answer, the nearest deadline first."""
    answered = ConsultationAnswer.objects.filter(voice=OuterRef("pk"))
    return (
        own_voices(user)
        .filter(~Exists(answered), consultation__state=ConsultationState.OPEN)
        .order_by("consultation__deadline", "pk")
    )


def own_voice_in(user: Any, consultation: Consultation) -> int | None:
    """The key of the person's first voice in it; None when they are not asked."""
    found = own_voices(user).filter(consultation=consultation).order_by("pk")
    return found.values_list("pk", flat=True).first()


def shown_result(user: Any, consultation: Consultation) -> Document | None:
    """The paper of the result, where the person may open it: minutes of a count stay with the body that asked."""
    if consultation.result_id is None:
        return None
    return visible_documents(user).filter(pk=consultation.result_id).first()


def failed_mails(consultation: Consultation) -> list[Message]:
    """Mails of the consultation that did not arrive, the latest first; two queries."""
    voices = consultation.voices.values_list("pk", flat=True)
    return list(messages_about(ConsultationVoice, voices).filter(state=State.FAILED))


def voices_of(user: Any) -> QuerySet[ConsultationVoice]:
    """Issued voices of the consultations that the person's office runs."""
    return ConsultationVoice.objects.filter(
        consultation__in=office_consultations(user), consultation__opened_at__isnull=False
    ).select_related("consultation__organization", "person", "organization")


def papers_of(user: Any) -> QuerySet[ConsultationPaper]:
    """Files of visible consultations."""
    return ConsultationPaper.objects.filter(consultation__in=visible_consultations(user))


def scanned_answers(user: Any) -> QuerySet[ConsultationAnswer]:
    """Answers on paper to consultations of the person's office."""
    return ConsultationAnswer.objects.filter(voice__consultation__in=office_consultations(user)).exclude(
        scan=""
    )


def askers(user: Any) -> QuerySet[Organization]:
    """Bodies in whose name the person may ask: those with a letterhead."""
    own = family_filter("", access(user).roots_of(STAFF_KINDS))
    return Organization.objects.filter(own, in_force(clock.today()), issuer__isnull=False).order_by("code")


def electorates(user: Any) -> QuerySet[Organization]:
    """Bodies whose members may be asked: those of the person's councils that have members today."""
    own = family_filter("", access(user).roots_of(STAFF_KINDS))
    seats = Membership.objects.on(clock.today()).filter(organization=OuterRef("pk"), post__is_member=True)
    return Organization.objects.filter(own, Exists(seats), in_force(clock.today())).order_by("code")


def bodies_to_ask(user: Any) -> QuerySet[Organization]:
    """Bodies near the person's own, and central ones."""
    areas = askers(user).values("area")
    near = Q(area=None) | Q(area__in=areas) | Q(area__parent__in=areas) | Q(area__children__in=areas)
    return Organization.objects.filter(near, in_force(clock.today())).distinct().order_by("code")
