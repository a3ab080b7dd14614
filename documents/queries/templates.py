"""Templates: which one stands at an issuer, its versions, whose a person may see."""

from typing import Any

from django.db.models import QuerySet

from councils.permissions import access, family_filter
from documents.models import Issuer, PaperTemplate
from documents.paper.template_kinds import TEMPLATE_KINDS, TemplateKind, template_kind


def template_issuers(user: Any) -> QuerySet[Issuer]:
    """Issuers of the person's bodies."""
    own = family_filter("organization", access(user).roots_of())
    return Issuer.objects.filter(own).select_related("organization__area").order_by("organization__code")


def default_issuer(issuers: list[Issuer], asked: str, acting: Any) -> Issuer | None:
    """The issuer asked for by its key, else the one of the body acted for, else the first."""
    by_key = {str(issuer.pk): issuer for issuer in issuers}
    own = next((issuer for issuer in issuers if acting and issuer.organization_id == acting.pk), None)
    return by_key.get(asked) or own or next(iter(issuers), None)


def own_wording(issuer: Issuer, kind: str) -> dict[str, str]:
    """The parts of the newest version, empty where the built-in template stands; one query."""
    found = PaperTemplate.objects.filter(issuer=issuer, kind=kind).values_list("parts", flat=True)
    return found.order_by("-version").first() or {}


def standing_parts(issuer: Issuer, kind: str) -> dict[str, str]:
    """Every part of the kind as it stands at the issuer.

    Raises:
        KeyError: there is no such kind.
    """
    return template_kind(kind).defaults | own_wording(issuer, kind)


def versions_of(issuer: Issuer, kind: str) -> QuerySet[PaperTemplate]:
    """All versions, the newest first."""
    return (
        PaperTemplate.objects.filter(issuer=issuer, kind=kind).select_related("made_by").order_by("-version")
    )


def parts_of_version(issuer: Issuer, kind: TemplateKind, version: int) -> dict[str, str] | None:
    """The parts of a version, 0 being the built-in one; None where there is no such version."""
    if version == 0:
        return kind.defaults
    found = PaperTemplate.objects.filter(issuer=issuer, kind=kind.code, version=version).first()
    return kind.defaults | found.parts if found else None


def standing_templates(issuer: Issuer) -> list[tuple[TemplateKind, PaperTemplate | None]]:
    """Every kind with its newest version, None where the built-in one stands; one query."""
    rows = PaperTemplate.objects.filter(issuer=issuer).select_related("made_by").order_by("version")
    newest = {row.kind: row for row in rows}
    return [(kind, newest.get(kind.code)) for kind in TEMPLATE_KINDS]
