"""Whom the demo's regulations mean, by relation and by day."""

from datetime import date

import pytest

from coordination.demo import load_regulations
from coordination.models import Clause, Regulation
from coordination.occasion import AgendaPoint, Occasion
from coordination.queries import claims_of
from councils.demo import load_bodies
from councils.models import Area, Organization
from hdnd.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(db: None) -> None:
    load_bodies()
    load_regulations()


def areas(*codes: str) -> tuple[Area, ...]:
    return tuple(Area.objects.filter(code__in=codes).order_by("code"))


def occasion(
    kind: str, host: str, day: date, *, agenda: tuple[AgendaPoint, ...] = (), concerned: tuple[str, ...] = ()
) -> Occasion:
    body = Organization.objects.get(code=host)
    return Occasion(kind, body, clock.at_time(day, 8), "Họp", areas=areas(*concerned), agenda=agenda)


def rows(found: Occasion) -> list[tuple[str, str | None, str | None, date]]:
    return sorted(
        (
            claim.clause.code,
            claim.debtor and claim.debtor.code,
            claim.creditor and claim.creditor.code,
            claim.due.on,
        )
        for claim in claims_of(found)
    )


def explains(*codes: str) -> tuple[AgendaPoint, ...]:
    return (AgendaPoint("report"), AgendaPoint("explanation", areas(*codes)))


@pytest.mark.parametrize(
    ("day", "named", "meant"),
    [
        (date(2026, 6, 26), ("X01", "X03"), ("X01-TT", "X03-TT")),
        (date(2021, 10, 29), ("H02",), ("H02-TT",)),
        (date(2021, 10, 29), ("H0203",), ("H02-TT",)),  # a commune named, its district meant
        (date(2025, 6, 30), ("H01", "H0204"), ("H01-TT", "H02-TT")),
        (date(2025, 7, 1), ("X05",), ("X05-TT",)),
    ],
)
def test_monthly_meeting_with_an_explanation(
    day: date, named: tuple[str, ...], meant: tuple[str, ...]
) -> None:
    found = rows(occasion("standing_meeting", "TTHDND", day, agenda=explains(*named)))
    assert [(code, creditor) for code, _, creditor, _ in found] == [
        ("R09", "UBND"), *(("R22", body) for body in meant), ("R34", "MTTQ"),
    ]  # fmt: skip
    assert {debtor for _, debtor, _, _ in found} == {"TTHDND"}


def test_the_sample_meeting_is_due_as_expected() -> None:
    found = rows(occasion("standing_meeting", "TTHDND", date(2026, 6, 26), agenda=explains("X01", "X03")))
    assert {due for *_, due in found} == {date(2026, 6, 19)}


def test_without_an_explanation_no_locality_is_meant() -> None:
    agenda = (AgendaPoint("report", areas("X01")),)
    found = rows(occasion("standing_meeting", "TTHDND", date(2026, 6, 26), agenda=agenda))
    assert [code for code, *_ in found] == ["R09", "R34"]


@pytest.mark.parametrize(
    ("day", "invited"),
    [
        (date(2026, 7, 30), ["X01-TT", "X02-TT", "X03-TT", "X04-TT", "X05-TT", "X06-TT"]),
        (date(2021, 12, 16), ["H01-TT", "H02-TT", "H03-TT"]),
        (date(2025, 6, 30), ["H01-TT", "H02-TT", "H03-TT"]),
    ],
)
def test_liaison_conference_means_all_directly_below_on_the_day(day: date, invited: list[str]) -> None:
    found = rows(occasion("liaison_conference", "TTHDND", day))
    assert [(code, creditor) for code, _, creditor, _ in found] == [("R20", body) for body in invited]


@pytest.mark.parametrize(
    ("kind", "host", "concerned", "expected"),
    [
        ("law_consultation", "DDBQH", (), {("R04", "TTHDND"), ("R04", "BPC"), ("R04", "BKTNS"), ("R04", "BVHXH"), ("R04", "BDT")}),
        ("executive_meeting", "UBND", (), {("R10", "TTHDND")}),
        ("executive_weekly", "UBND", (), {("R11", "TTHDND")}),
        ("voter_contact", "DDBQH", ("X01",), {("R07", "TTHDND"), ("R27", "X01-TT")}),
        ("voter_contact", "TDB01", ("X01",), {("R12", "UBND"), ("R27", "X01-TT")}),
        ("oversight_visit", "TTHDND", ("X04",), {("R17", "MTTQ"), ("R21", "X04-TT"), ("R26", "X04-TT"), ("R34", "MTTQ")}),
        ("oversight_visit", "TTHDND", ("T",), {("R17", "MTTQ"), ("R34", "MTTQ")}),
        ("oversight_visit", "MTTQ", ("X04",), {("R17B", "TTHDND")}),
        ("oversight_visit", "DDBQH", ("X04",), {("R08", "TTHDND"), ("R26", "X04-TT")}),
        ("oversight_visit", "UBQH-KTTC", ("X04",), {("R08", "TTHDND")}),
        ("session_regular", "HDND", (), {("R34", "MTTQ")}),
        ("standing_meeting", "X01-TT", (), set()),  # a commune is no host of the province's regulation
        ("scrutiny_meeting", "BPC", (), set()),
    ],
)  # fmt: skip
def test_every_event_clause(
    kind: str, host: str, concerned: tuple[str, ...], expected: set[tuple[str, str]]
) -> None:
    found = rows(occasion(kind, host, date(2026, 9, 16), concerned=concerned))
    assert {(code, creditor) for code, _, creditor, _ in found} == expected


def test_each_term_has_its_own_regulation() -> None:
    for day, number in (
        (date(2021, 6, 28), "03"),
        (date(2021, 6, 29), "05"),
        (date(2026, 3, 26), "05"),
        (date(2026, 3, 27), "02"),
    ):
        claims = claims_of(occasion("executive_meeting", "UBND", day))
        assert [claim.clause.regulation.number[:2] for claim in claims] == [number]


def test_before_the_first_regulation_nothing_is_owed() -> None:
    assert rows(occasion("executive_meeting", "UBND", date(2016, 6, 23))) == []


def test_a_clause_that_has_ended_does_not_apply() -> None:
    Clause.objects.filter(code="R10", regulation__code="QCPH-2026-2031").update(valid_to=date(2026, 8, 31))
    assert rows(occasion("executive_meeting", "UBND", date(2026, 9, 1))) == []
    assert len(rows(occasion("executive_meeting", "UBND", date(2026, 8, 31)))) == 1


def test_a_party_that_does_not_exist_that_day_is_said() -> None:
    Organization.objects.filter(code="MTTQ").update(valid_to=date(2026, 5, 31))
    (claim,) = [
        c for c in claims_of(occasion("session_regular", "HDND", date(2026, 7, 14))) if c.clause.code == "R34"
    ]
    assert (claim.counterpart, claim.creditor) == (None, None)
    assert "không có Ban Thường trực Ủy ban MTTQ Việt Nam" in claim.problem
    assert "14/07/2026" in claim.problem


def test_another_province_is_not_bound() -> None:
    area = Area(code="T9", name="tỉnh Khác", kind="province", valid_from=date(1997, 1, 1))
    area.save()
    body = Organization(code="T9-UBND", name="UBND tỉnh Khác", kind="executive", area=area)
    body.save()
    assert claims_of(Occasion("executive_meeting", body, clock.at_time(date(2026, 9, 1)), "Họp")) == []


def test_it_says_that_it_is_made_up_and_after_what() -> None:
    assert {row.note for row in Regulation.objects.all()} == {
        "Quy chế giả định của tỉnh giả định; số điều, số ngày đặt ra để trình diễn."
    }
    assert set(Clause.objects.values_list("confidence", flat=True)) == {"demo"}
    article = (
        "Phỏng theo bài “HĐND các cấp phối hợp tốt trong thực hiện chức năng, nhiệm vụ”, 08/04/2021, đoạn "
    )
    sources = dict(Clause.objects.filter(regulation__valid_to=None).values_list("code", "source"))
    rules = sources.pop("R34")
    assert rules == "Phỏng theo quy chế làm việc của một HĐND cấp tỉnh, 2025"
    assert {source.removeprefix(article) for source in sources.values()} == {"2", "3", "4", "5", "7"}


def test_each_regulation_replaces_the_last_of_its_kind() -> None:
    found = Regulation.objects.order_by("kind", "valid_from")
    assert [(row.code, row.replaces and row.replaces.code) for row in found] == [
        ("QCPH-2016-2021", None),
        ("QCPH-2021-2026", "QCPH-2016-2021"),
        ("QCPH-2026-2031", "QCPH-2021-2026"),
        ("QCLV-2016-2021", None),
        ("QCLV-2021-2026", "QCLV-2016-2021"),
        ("QCLV-2026-2031", "QCLV-2021-2026"),
    ]


def test_loading_twice_changes_nothing() -> None:
    before = Clause.objects.count()
    assert load_regulations() == 0
    assert (Clause.objects.count(), Regulation.objects.count()) == (before, 6)
