"""Who sits where in the demo's province: the people of the sample, and made-up ones for every seat left open."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from councils.choices import OrganizationKind
from councils.demo_names import fictional
from councils.models import Area, Membership, Organization, Person, Post

TERM_START = date(2026, 3, 27)
PAST_START, PAST_END = date(2021, 6, 29), date(2026, 3, 26)
COMMUNES_SINCE = date(2025, 7, 1)
WOMEN = frozenset({"P02", "P06", "P08", "P11", "P13", "P15", "P52", "P54", "P56", "P58", "P59"})
# Bodies with one head and no members that must be counted.
OFFICES = frozenset(
    {
        OrganizationKind.EXECUTIVE,
        OrganizationKind.FRONT_STANDING,
        OrganizationKind.NA_DELEGATION,
        OrganizationKind.PARTY_COMMITTEE,
        OrganizationKind.OFFICE,
        OrganizationKind.DEPARTMENT,
    }
)
COMMITTEES = ("BPC", "BKTNS", "BVHXH", "BDT")
FULLTIME = frozenset({"Trưởng ban", "Phó Trưởng ban", "Phó Chủ tịch HĐND"})


@dataclass
class Loading:
    """What has been made so far, by code."""

    told: dict[str, Any]
    areas: dict[str, Area] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)
    posts: dict[str, dict[str, Post]] = field(default_factory=dict)  # kind, name; the head first
    seats: list[Membership] = field(default_factory=list)
    made_up: int = 0

    def person(self, code: str, name: str, gender: str) -> Person:
        """A new person with an address that goes nowhere (`.test`)."""
        made = Person(code=code, full_name=name, gender=gender, email=f"{code.lower()}@vinhgiang.test")
        made.full_clean()
        made.save()
        return made

    def somebody(self) -> Person:
        """A made-up person."""
        name, gender = fictional(self.made_up)
        self.made_up += 1
        return self.person(f"Q{self.made_up:03d}", name, gender)

    def seat(self, person: Person, body: str, post: str, first: date, last: date | None = None) -> None:
        """A seat; checked here, written in one go at the end.

        Raises:
            ValidationError: it overlaps another seat of the person in the same body.
        """
        organization = self.bodies[body]
        made = Membership(
            person=person, organization=organization, post=self.posts[organization.kind][post], valid_from=first,
            valid_to=min(filter(None, (last, organization.valid_to)), default=None), is_fulltime=post in FULLTIME,
        )  # fmt: skip
        for other in self.seats:
            if made.overlaps(other):
                raise ValidationError(other.overlap_message())
        self.seats.append(made)

    def in_body(self, body: str, day: date) -> list[Membership]:
        """The seats of a body that hold on the day."""
        return [seat for seat in self.seats if seat.organization.code == body and seat.holds_on(day)]


def day_of(value: str | None) -> date | None:
    """A date of the fixtures."""
    return date.fromisoformat(value) if value else None


def seat_people(loading: Loading) -> None:
    """Fills `loading.seats`; people are saved, seats are not yet."""
    _known_people(loading)
    _past_delegates(loading)
    _delegates(loading)
    _officers(loading)
    _constituencies(loading)


def _known_people(loading: Loading) -> None:
    for row in loading.told["people"]:
        person = loading.person(row["code"], row["name"], "f" if row["code"] in WOMEN else "m")
        for told in row["memberships"]:
            first, last = day_of(told.get("valid_from")) or TERM_START, day_of(told.get("valid_to"))
            loading.seat(person, told["body"], told["role"], first, last)


def _past_delegates(loading: Loading) -> None:
    """The term 2021-2026: 58 seats filled at most, one delegate who joined in May 2023 and one who left in 2024."""
    for committee in COMMITTEES:  # heads of committees are delegates too
        loading.seat(
            loading.in_body(committee, PAST_START)[0].person, "HDND", "Đại biểu", PAST_START, PAST_END
        )
    new = [loading.somebody() for _ in range(52)]
    for index, person in enumerate(new):
        first = date(2023, 5, 10) if index == 50 else PAST_START
        last = date(2024, 8, 31) if index == 51 else PAST_END
        loading.seat(person, "HDND", "Đại biểu", first, last)
    known = [seat.person for seat in loading.in_body("HDND", PAST_START) if seat.person not in new]
    _share_out(loading, [*new[:50], *known, *new[50:]], PAST_END)
    _committees(loading, new[:20], PAST_START, PAST_END)


def _delegates(loading: Loading) -> None:
    """The present council: up to 62 seats, each delegate in one of eight groups, committees with members."""
    known = [seat.person for seat in loading.in_body("HDND", TERM_START)]
    new = [loading.somebody() for _ in range(loading.told["province"]["delegates"] - len(known))]
    for person in new:
        loading.seat(person, "HDND", "Đại biểu", TERM_START)
    head = loading.in_body("TDB01", TERM_START)[0].person  # the one group whose head the sample names
    _share_out(loading, [person for person in [*new, *known] if person != head], None)
    _committees(loading, new[:28], TERM_START, None)


def _share_out(loading: Loading, people: list[Person], last: date | None) -> None:
    """Puts delegates into the eight groups in turn, for as long as they sit in the council."""
    council = {
        seat.person: seat
        for seat in loading.seats
        if seat.organization.code == "HDND" and (seat.valid_to is None) == (last is None)
    }
    groups = loading.told["province"]["delegate_groups"]
    titles = list(loading.posts[OrganizationKind.DELEGATE_GROUP])
    named = {
        f"TDB{number + 1:02d}": len(loading.in_body(f"TDB{number + 1:02d}", last or TERM_START))
        for number in range(groups)
    }
    for index, person in enumerate(people):
        group, seat = f"TDB{index % groups + 1:02d}", council[person]
        place = index // groups + named[group]
        assert seat.valid_from is not None  # Membership.clean asks for it
        loading.seat(person, group, titles[min(place, 2)], seat.valid_from, seat.valid_to)


def _committees(loading: Loading, people: list[Person], first: date, last: date | None) -> None:
    """One deputy head and some members for each committee of the province."""
    for index, person in enumerate(people):
        post = "Phó Trưởng ban" if index < len(COMMITTEES) else "Ủy viên"
        loading.seat(person, COMMITTEES[index % len(COMMITTEES)], post, first, last)


def _constituencies(loading: Loading) -> None:
    """A delegate group unites those elected in one constituency."""
    groups = {
        (seat.person, seat.valid_from): int(seat.organization.code.removeprefix("TDB"))
        for seat in loading.seats
        if seat.organization.kind == OrganizationKind.DELEGATE_GROUP
    }
    for seat in loading.seats:
        if seat.organization.code == "HDND":
            seat.constituency = f"Đơn vị bầu cử số {groups[seat.person, seat.valid_from]}"


def _officers(loading: Loading) -> None:
    """Heads, in this term and before it, of the bodies the sample leaves without one, and the communes' councils."""
    for code, body in loading.bodies.items():
        if body.valid_to or body.kind not in OFFICES or body.valid_from is None:
            continue
        head = next(iter(loading.posts[body.kind]))
        held = [seat for seat in loading.seats if seat.organization == body and seat.post.is_head]
        if not any(seat.holds_on(PAST_END) for seat in held):
            ends = [seat.valid_to + timedelta(days=1) for seat in held if seat.valid_to]
            first = max(PAST_START, body.valid_from, *ends)
            loading.seat(loading.somebody(), code, head, first, PAST_END)
        if not any(seat.holds_on(TERM_START) for seat in held):
            loading.seat(loading.somebody(), code, head, TERM_START)
    deputies = [
        ("UBND", "Phó Chủ tịch"),
        ("VP", "Phó Chánh Văn phòng"),
        *[("DDBQH", "Đại biểu Quốc hội")] * 4,
    ]
    for body_code, post in deputies:
        loading.seat(loading.somebody(), body_code, post, TERM_START)
    # The sample knows her: she stands in for the Chủ tịch of MTTQ.
    loading.seat(loading.person("Q900", "Phan Thị Thu Trang", "f"), "MTTQ", "Phó Chủ tịch", TERM_START)
    for area in loading.told["areas"]:
        _commune(loading, area["code"])


def _commune(loading: Loading, commune: str) -> None:
    """A commune's council since the two tiers: Chủ tịch, Phó Chủ tịch, heads of two Ban; in Tân Hòa all 25 delegates."""
    standing, council = f"{commune}-TT", f"{commune}-HDND"
    committees = (f"{commune}-BKTNS", f"{commune}-BVHXH")
    named = bool(loading.in_body(standing, TERM_START))

    def sit(person: Person, *seats: tuple[str, str], again: bool = True) -> None:
        """In both terms, or in the first only."""
        for body, post in seats:
            loading.seat(person, body, post, COMMUNES_SINCE, PAST_END)
            if again:
                loading.seat(person, body, post, TERM_START)

    sit(loading.somebody(), (standing, "Chủ tịch HĐND"), (council, "Chủ tịch"), again=not named)
    sit(loading.somebody(), (standing, "Phó Chủ tịch HĐND"), (council, "Phó Chủ tịch"))
    for committee in committees:
        sit(
            loading.somebody(), (committee, "Trưởng ban"), (standing, "Ủy viên"), (council, "Đại biểu")
        )  # fmt: skip
    for index in range(21 if commune == "X01" else 0):
        seats = [(council, "Đại biểu")]
        if index < 8:
            seats.append((committees[index % 2], "Phó Trưởng ban" if index < 2 else "Ủy viên"))
        sit(loading.somebody(), *seats)
