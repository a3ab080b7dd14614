"""Opinions in writing that wait for the person, for the desk."""

from typing import Any

from documents.models import ConsultationVoice
from documents.queries.consultations import awaiting


def opinions_to_give(user: Any) -> list[ConsultationVoice]:
    """Open forms of the person and of the bodies they answer for, the nearest deadline first; one query."""
    return list(awaiting(user))
