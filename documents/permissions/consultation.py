"""Who may do what with a written consultation."""

from typing import Any

from councils.permissions import OFFICE_KINDS, access, can_answer_for, can_serve_office
from documents.models import Consultation, ConsultationVoice


def can_consult(user: Any, consultation: Consultation) -> bool:
    """Prepares, issues, notes answers, closes: the secretariat of the body that asks."""
    return can_serve_office(user, consultation.organization)


def can_see_answers(user: Any, consultation: Consultation) -> bool:
    """Reads who said what: the secretariat and the leaders of the body that asks, nobody who is only asked."""
    return access(user).serves(consultation.organization, OFFICE_KINDS)


def can_give_opinion(user: Any, voice: ConsultationVoice) -> bool:
    """Answers: the person asked, or whoever answers in the body's name."""
    if voice.organization is not None:
        return can_answer_for(user, voice.organization)
    return bool(getattr(user, "is_authenticated", False)) and user.person_id == voice.person_id
