"""The incoming book as a person may see it, and what its forms offer."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from councils.models import Membership, Organization, Person
from councils.permissions import STAFF_KINDS, access, family_filter
from documents.models import Document, IncomingDocument, Issuer
from documents.queries.papers import visible_documents
from hdnd.lib import clock
from hdnd.lib.text import fold


def visible_arrivals(user: Any) -> QuerySet[IncomingDocument]:
    """Lines of the books that the person's bodies keep; struck out ones too."""
    own = family_filter("book__organization", access(user).roots_of())
    return IncomingDocument.objects.filter(own).select_related("book__organization")


def arrival_list(user: Any) -> QuerySet[IncomingDocument]:
    """Visible lines with what a row of the two books shows."""
    return visible_arrivals(user).select_related("book__organization", "handler", "answer")


def arrival_lines(user: Any, keeper: Issuer, year: int) -> QuerySet[IncomingDocument]:
    """One book of one year, number by number."""
    return (
        arrival_list(user)
        .filter(book__organization=keeper.organization_id, book__year=year)
        .order_by("number")
    )


def receiving_bodies(user: Any) -> QuerySet[Organization]:
    """Bodies for which the person's office enters papers: those with a letterhead, as the book prints it."""
    own = family_filter("", access(user).roots_of(STAFF_KINDS))
    return Organization.objects.on(clock.today()).filter(own, issuer__isnull=False).order_by("code")


def authors_near(user: Any) -> QuerySet[Organization]:
    """Who may write: central bodies, and those of the provinces of the person's own bodies."""
    own = Organization.objects.filter(
        family_filter("", access(user).roots_of(STAFF_KINDS)), area__isnull=False
    )
    homes = {area_id for pair in own.values_list("area", "area__parent") for area_id in pair if area_id}
    near = Q(area=None) | Q(area__in=homes) | Q(area__parent__in=homes) | Q(area__parent__parent__in=homes)
    return Organization.objects.on(clock.today()).filter(near).order_by("code")


def handlers(keeper: Organization, day: date) -> QuerySet[Person]:
    """Whom the office can hand a paper to: those who sit in the body or another organ of its council on the day."""
    family = Organization.objects.in_families([keeper.family_root_id])
    seats = Membership.objects.on(day).filter(organization__in=family.values("pk"))
    return Person.objects.filter(pk__in=seats.values("person")).order_by("sort_key", "pk")


def handed_to(user: Any) -> QuerySet[IncomingDocument]:
    """Open lines handed to the person themselves, the nearest due day first, those without one last."""
    if not user.person_id:
        return IncomingDocument.objects.none()
    mine = arrival_list(user).filter(handler=user.person_id, done_on=None, voided_because="")
    return mine.order_by(F("due_on").asc(nulls_last=True), "arrived_on", "pk")


def waiting_papers(user: Any) -> QuerySet[Document]:
    """Papers that other bodies of this system sent to the person's office and that are in none of its books yet."""
    own = access(user).roots_of(STAFF_KINDS)
    sent = Document.addressees.through.objects.filter(organization__in=own).values("document_id")
    taken = IncomingDocument.objects.standing().filter(source=OuterRef("pk"), book__organization__in=own)
    found = Document.objects.with_paper().filter(
        ~family_filter("organization", own), ~Exists(taken), pk__in=sent
    )
    return found.select_related("organization")


def addressed_body(user: Any, document: Document) -> Organization | None:
    """Which of the person's bodies a paper was sent to; one that has a book first."""
    own = family_filter("", access(user).roots_of(STAFF_KINDS))
    return document.addressees.filter(own).order_by(F("issuer__pk").asc(nulls_last=True), "code").first()


def twin_of(line: IncomingDocument) -> IncomingDocument | None:
    """Another line of the keeper's books with author, symbol and day of this one; a paper without symbol has none."""
    symbol, author = fold(line.symbol), fold(line.author)
    if not symbol:
        return None
    same_day = IncomingDocument.objects.standing().filter(
        book__organization=line.book.organization, dated_on=line.dated_on
    )
    for other in same_day.exclude(pk=line.pk).exclude(symbol="").select_related("book"):
        if (fold(other.symbol), fold(other.author)) == (symbol, author):
            return other  # type: ignore[no-any-return]
    return None


def answer_by_symbol(user: Any, symbol: str) -> Document | None:
    """The newest paper of the person's own bodies with that number and symbol, as the office types it."""
    own = family_filter("organization", access(user).roots_of(STAFF_KINDS))
    wanted = fold(symbol)
    found = visible_documents(user).filter(own, search__startswith=wanted)
    same = (one for one in found.order_by("-issued_on", "-pk")[:20] if fold(one.symbol) == wanted)
    return next(same, None)
