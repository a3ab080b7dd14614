"""The book: one keeper's numbers of one year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from councils.models import Organization
from councils.models.dated import in_force
from councils.permissions import STAFF_KINDS, access, family_filter
from documents.models import Document, Issuer
from documents.queries.papers import register_list
from hdnd.lib import clock


@dataclass(frozen=True)
class Shelf:
    """What a list needs to know of the person's books.

    Attributes:
        books: key and name of each keeper whose books the person may look into, by code.
        may_write: their office registers papers for a body that exists today.
    """

    books: tuple[tuple[int, str], ...]
    may_write: bool


def shelf(user: Any) -> Shelf:
    """`books_of` and `issuing_bodies` in one query, for lists, where a round trip is a tenth of the page."""
    rights, today = access(user), clock.today()
    body = [f"organization__{name}" for name in ("name", "valid_from", "valid_to")]
    found = (
        Issuer.objects.filter(family_filter("organization", rights.roots_of()))
        .order_by("organization__code")
        .values_list("pk", "register_of", "organization_id", *body)
    )
    books, may_write, staffed = [], False, rights.roots_of(STAFF_KINDS)
    for key, register_of, organization, name, first, last in found:
        if register_of is None:
            books.append((key, name))
        holds = (first is None or first <= today) and (last is None or today <= last)
        may_write |= organization in staffed and holds
    return Shelf(tuple(books), may_write)


def issuing_bodies(user: Any) -> QuerySet[Organization]:
    """Bodies in whose name the person's office registers papers: those with a letterhead."""
    own = family_filter("", access(user).roots_of(STAFF_KINDS))
    return Organization.objects.filter(own, in_force(clock.today()), issuer__isnull=False).order_by("code")


def joint_bodies(user: Any) -> QuerySet[Organization]:
    """Bodies that can issue a paper jointly: all with a letterhead, near the person's own."""
    areas = issuing_bodies(user).values("area")
    near = Q(area__in=areas) | Q(area__children__in=areas) | Q(area__parent__in=areas)
    return (
        Organization.objects.filter(near, in_force(clock.today()), issuer__isnull=False)
        .distinct()
        .order_by("code")
    )


def books_of(user: Any) -> QuerySet[Issuer]:
    """Books the person may look into: kept by their bodies."""
    own = family_filter("organization", access(user).roots_of())
    return (
        Issuer.objects.filter(own, register_of=None)
        .select_related("organization")
        .order_by("organization__code")
    )


def default_book(user: Any, acting: Organization | None) -> Issuer | None:
    """The book of the body acted for, else the first the person may look into."""
    books = books_of(user)
    own = books.filter(Q(organization=acting) | Q(sharing__organization=acting)).first() if acting else None
    return own or books.first()


def book_lines(user: Any, book: Issuer, year: int, doc_type: str = "") -> QuerySet[Document]:
    """The lines of a book in the order in which they are bound: series by series, number by number."""
    lines = register_list(user).filter(series__issuer=book, year=year).select_related("series")
    if doc_type:
        lines = lines.filter(doc_type=doc_type)
    return lines.order_by("series__is_legal", "series__doc_type", "series", "number")
