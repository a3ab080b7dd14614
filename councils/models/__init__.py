"""Bodies and people, always with dates."""

from councils.models.account import Role, User
from councils.models.area import Area
from councils.models.dated import Dated, DatedQuerySet
from councils.models.importing import ImportRow, ImportRun
from councils.models.organization import Contact, CouncilTerm, LegislativeTerm, Organization
from councils.models.person import Membership, Person, Post

__all__ = [
    "Area",
    "Contact",
    "CouncilTerm",
    "Dated",
    "DatedQuerySet",
    "ImportRow",
    "ImportRun",
    "LegislativeTerm",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "Role",
    "User",
]
