"""Which clauses apply and whom they mean, one condition at a time, on bodies of the test's own."""

from datetime import date

import pytest

from coordination.models import Clause, Regulation
from coordination.occasion import AgendaPoint, Occasion
from coordination.queries import claims_of
from councils.choices import AreaKind, OrganizationKind
from councils.models import Area, Organization
from hdnd.lib import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 26)
LAST_OF_DISTRICTS = date(2025, 6, 30)


@pytest.fixture
def country(db: None) -> None:
    """A province T: district D with commune C1 until 30/6/2025, communes N1 and N2 since; each with its TT."""
    province = make.area("T", kind=AreaKind.PROVINCE, valid_from=date(1997, 1, 1))
    make.council("T-HDND", province, prefix="T-TT")
    make.organization("T-UB", kind=OrganizationKind.EXECUTIVE, area=province)
    ended = {"valid_from": date(1997, 1, 1), "valid_to": LAST_OF_DISTRICTS}
    district = make.area("D", name="huyện D", kind=AreaKind.DISTRICT, parent=province, **ended)
    old = make.area("C1", name="xã C1", parent=district, **ended)
    for area in (district, old):
        make.organization(
            f"{area.code}-TT", kind=OrganizationKind.STANDING_COMMITTEE, area=area,
            valid_from=area.valid_from, valid_to=area.valid_to,
        )  # fmt: skip
    for code in ("N1", "N2"):
        make.council(
            f"{code}-HDND", make.area(code, name=f"xã {code}", parent=province, valid_from=make.TWO_TIER)
        )


def clause(**values: object) -> Clause:
    regulation, _ = Regulation.objects.get_or_create(
        code="Q", defaults={"title": "Quy chế", "valid_from": date(2016, 1, 1)}
    )
    made = Clause(
        **{
            "regulation": regulation, "code": "K", "article": "Điều 1", "sentence": "Mời.",
            "event_kinds": ["standing_meeting"], "host_kinds": ["standing_committee"],
            "counterpart_kinds": ["executive"], **values,
        }
    )  # fmt: skip
    made.full_clean()
    made.save()
    return made


def below(**values: object) -> Clause:
    return clause(counterpart_kinds=["standing_committee"], **values)


def creditors(
    day: date = DAY, host: str = "T-TT", kind: str = "standing_meeting", agenda: tuple[AgendaPoint, ...] = ()
) -> list[str | None]:
    body = Organization.objects.get(code=host)
    found = claims_of(Occasion(kind, body, clock.at_time(day, 8), "Họp", agenda=agenda))
    return [claim.creditor and claim.creditor.code for claim in found]


def about(*codes: str, kind: str = "explanation") -> tuple[AgendaPoint, ...]:
    return (AgendaPoint(kind, tuple(Area.objects.filter(code__in=codes).order_by("code"))),)


@pytest.mark.parametrize(
    ("values", "applies"),
    [
        ({}, True),
        ({"event_kinds": ["standing_meeting", "explanation_session"]}, True),
        ({"event_kinds": ["explanation_session"]}, False),
        ({"host_kinds": ["council"]}, False),
        ({"host_level": "province"}, True),
        ({"host_level": "commune"}, False),
        ({"valid_from": DAY}, True),
        ({"valid_from": date(2026, 6, 27)}, False),  # not yet
        ({"valid_to": DAY}, True),
        ({"valid_to": date(2026, 6, 25)}, False),  # ended
        ({"trigger": "calendar"}, False),
        ({"agenda_kind": "report"}, True),
        ({"agenda_kind": "explanation"}, False),
    ],
)
def test_when_a_clause_applies(country: None, values: dict[str, object], applies: bool) -> None:
    clause(**values)
    assert creditors(agenda=about("N1", kind="report")) == (["T-UB"] if applies else [])


@pytest.mark.parametrize(
    ("values", "applies"),
    [
        ({"valid_to": DAY}, True),
        ({"valid_to": date(2026, 6, 25)}, False),
        ({"valid_from": date(2026, 6, 27)}, False),
    ],
)
def test_a_clause_ends_with_its_regulation(country: None, values: dict[str, date], applies: bool) -> None:
    clause()
    Regulation.objects.update(**values)
    assert creditors() == (["T-UB"] if applies else [])


@pytest.mark.parametrize(
    ("bound", "applies"),
    [(None, True), ("T", True), ("N1", False)],
)
def test_a_regulation_binds_its_own_area(country: None, bound: str | None, applies: bool) -> None:
    clause()
    Regulation.objects.update(area=bound and Area.objects.get(code=bound))
    assert creditors() == (["T-UB"] if applies else [])


@pytest.mark.parametrize(
    ("scope", "level", "host", "day", "meant"),
    [
        ("down_all", "", "T-TT", DAY, ["N1-TT", "N2-TT"]),
        ("down_all", "", "T-TT", LAST_OF_DISTRICTS, ["D-TT"]),
        ("down_all", "commune", "T-TT", LAST_OF_DISTRICTS, ["C1-TT"]),  # past the districts
        ("down_all", "commune", "T-TT", DAY, ["N1-TT", "N2-TT"]),
        ("down_all", "", "D-TT", LAST_OF_DISTRICTS, ["C1-TT"]),
        ("up", "", "N1-TT", DAY, ["T-TT"]),
        ("up", "", "C1-TT", LAST_OF_DISTRICTS, ["D-TT"]),
        ("up", "", "D-TT", LAST_OF_DISTRICTS, ["T-TT"]),
        ("same", "", "T-TT", DAY, []),  # its own row is no counterpart
    ],
)
def test_scopes(country: None, scope: str, level: str, host: str, day: date, meant: list[str]) -> None:
    below(counterpart_scope=scope, counterpart_level=level)
    assert creditors(day, host) == meant


@pytest.mark.parametrize(
    ("level", "day", "named", "meant"),
    [
        ("", DAY, ("N1",), ["N1-TT"]),
        ("", DAY, ("N1", "N2"), ["N1-TT", "N2-TT"]),
        ("", LAST_OF_DISTRICTS, ("C1",), ["D-TT"]),  # lifted
        ("", LAST_OF_DISTRICTS, ("C1", "D"), ["D-TT"]),  # once
        ("commune", LAST_OF_DISTRICTS, ("C1",), ["C1-TT"]),
        ("", DAY, ("T",), []),  # above the level meant: nobody
        ("", DAY, (), []),
    ],
)
def test_areas_concerned(
    country: None, level: str, day: date, named: tuple[str, ...], meant: list[str]
) -> None:
    below(counterpart_scope="area", counterpart_level=level, agenda_kind="explanation")
    assert creditors(day, agenda=about(*named)) == meant


def test_areas_of_other_items_are_not_meant(country: None) -> None:
    below(counterpart_scope="area", agenda_kind="explanation")
    assert creditors(agenda=(*about("N1"), *about("N2", kind="report"))) == ["N1-TT"]


@pytest.mark.parametrize(
    ("day", "named", "met", "said"),
    [
        (DAY, ("C1",), [], "tại xã C1 vào ngày 26/06/2026"),
        (DAY, ("D",), [], "tại huyện D vào"),
        (DAY, ("D", "N1"), ["N1-TT"], "tại huyện D vào"),  # one that exists does not excuse another
        (DAY, ("C1", "D", "N1", "N2"), ["N1-TT", "N2-TT"], "tại xã C1, huyện D vào"),
        (LAST_OF_DISTRICTS, ("D", "N1"), ["D-TT"], "tại xã N1 vào ngày 30/06/2025"),
    ],
)
def test_an_area_without_the_body_that_day_is_said(
    country: None, day: date, named: tuple[str, ...], met: list[str], said: str
) -> None:
    below(counterpart_scope="area", agenda_kind="explanation")
    assert creditors(day, agenda=about(*named)) == [*met, None]
    host = Organization.objects.get(code="T-TT")
    found = claims_of(Occasion("standing_meeting", host, clock.at_time(day, 8), "Họp", agenda=about(*named)))
    assert found[-1].problem.startswith("Quy chế, Điều 1: không có Thường trực HĐND nào tại ")
    assert said in found[-1].problem
