"""Who gets the reminder of an open matter: the body asked, the person presenting, else the host's secretariat."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from councils.choices import COUNCIL_FAMILY
from councils.models import Contact, Membership, Organization, Person, Role
from councils.permissions import STAFF_KINDS
from councils.queries import addresses_of
from meetings.choices import ReminderKind
from meetings.law.reminders import named_in
from meetings.models import AgendaItem
from meetings.queries.reminder_matters import Matter


@dataclass(frozen=True)
class Reader:
    """An address that gets mails.

    Attributes:
        name: of the person or the desk; `greeting` adds the body.
        stands_in: an account of the secretariat that gets it because nobody asked has a known address.
    """

    email: str
    name: str
    greeting: str
    stands_in: bool = False

    @property
    def key(self) -> str:
        """The address as it is compared."""
        return self.email.lower()


@dataclass(frozen=True)
class Readers:
    """The addresses of one day, read once for many matters.

    Attributes:
        contacts: addresses by body.
        members: people of the hosts' councils, by the council.
        offices: accounts of the hosts' secretariats, by the council.
    """

    contacts: dict[int, list[Contact]]
    members: dict[int, list[Person]]
    offices: dict[int, list[Reader]]

    @classmethod
    def of(cls, matters: Iterable[Matter], day: date) -> "Readers":
        """What the matters need; a fixed number of queries."""
        rows = list(matters)
        bodies = {body.pk for row in rows for body in _bodies(row)}
        roots = {row.meeting.host.family_root_id for row in rows}
        presenting = {row.meeting.host.family_root_id for row in rows if row.kind == ReminderKind.PAPERS}
        return cls(addresses_of(bodies, day), _members(presenting, day), _offices(roots, day))

    def for_(self, matter: Matter) -> list[Reader]:
        """Whom to remind of the matter; each address once, in a fixed order."""
        found: dict[str, Reader] = {}
        for part in self._parts(matter):
            for reader in part:
                found.setdefault(reader.key, reader)
        return list(found.values())

    def asked(self, matter: Matter) -> str:
        """Who is asked, in words: `Sở Xây dựng`, or the presenter as the agenda names them."""
        is_person = matter.kind == ReminderKind.PAPERS and self._presenter(matter.thing) is not None
        bodies = "" if is_person else ", ".join(body.label for body in _bodies(matter))
        return bodies or str(matter.thing.presenter) or "chưa rõ người trình bày"

    def _parts(self, matter: Matter) -> list[list[Reader]]:
        office = [
            replace(row, stands_in=True) for row in self.offices.get(matter.meeting.host.family_root_id, [])
        ]
        person = self._presenter(matter.thing) if matter.kind == ReminderKind.PAPERS else None
        if person is not None:
            own = Reader(person.email, person.full_name, person.styled_name)
            return [[own] if person.email else office]
        return [
            [_desk(row, body) for row in self.contacts.get(body.pk, [])] or office for body in _bodies(matter)
        ] or [office]

    def _presenter(self, item: AgendaItem) -> Person | None:
        """The one member of the host's council whom the agenda names."""
        people = self.members.get(item.meeting.host.family_root_id, [])
        named = named_in(item.presenter, [person.full_name for person in people])
        return people[named[0]] if len(named) == 1 else None


def _desk(contact: Contact, body: Organization) -> Reader:
    """An address of the contact book: `Văn thư, Ủy ban nhân dân tỉnh`."""
    return Reader(
        contact.email,
        contact.name or body.label,
        ", ".join(part for part in (contact.name, body.name) if part),
    )


def _bodies(matter: Matter) -> list[Organization]:
    """The bodies asked; none when an item does not tell which of several presents it."""
    if matter.kind == ReminderKind.UNANSWERED:
        return [matter.thing.organization]
    if matter.kind == ReminderKind.TASK:
        return [matter.thing.assignee]
    return _presenting(matter.thing)


def _presenting(item: AgendaItem) -> list[Organization]:
    """The bodies that the presenter's line names, of those it concerns and those invited; else the one it concerns."""
    concerned = list(item.organizations.all())
    invited = [row.organization for row in item.meeting.invitations.all() if not row.is_left_out]
    bodies = sorted(
        {body.pk: body for body in concerned + invited}.values(), key=lambda body: body.protocol_key
    )
    names = [name for body in bodies for name in (body.name, body.short_name)]
    named = {place // 2 for place in named_in(item.presenter, names)}
    if named or (item.presenter and len(concerned) > 1):
        return [body for place, body in enumerate(bodies) if place in named]
    return [body for body in bodies if body in concerned]


def _family(prefix: str, roots: set[int]) -> Q:
    """The councils named and their organs, over a relation."""
    return Q(**{f"{prefix}__in": roots}) | Q(
        **{f"{prefix}__parent__in": roots, f"{prefix}__kind__in": COUNCIL_FAMILY}
    )


def _members(roots: set[int], day: date) -> dict[int, list[Person]]:
    found: dict[int, dict[int, Person]] = {}
    seats = Membership.objects.on(day).filter(_family("organization", roots))
    for seat in seats.select_related("person", "organization").order_by("pk"):
        found.setdefault(seat.organization.family_root_id, {})[seat.person_id] = seat.person
    return {root: list(people.values()) for root, people in found.items()}


def _offices(roots: set[int], day: date) -> dict[int, list[Reader]]:
    found: dict[int, dict[str, Reader]] = {}
    roles = Role.objects.on(day).filter(
        _family("organization", roots), kind__in=STAFF_KINDS, user__is_active=True
    )
    for role in roles.exclude(user__email="").select_related("user__person", "organization").order_by("pk"):
        reader = Reader(role.user.email, role.user.display_name, role.user.display_name)
        if role.organization is not None:
            found.setdefault(role.organization.family_root_id, {}).setdefault(reader.key, reader)
    return {root: list(readers.values()) for root, readers in found.items()}
