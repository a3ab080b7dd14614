"""What an occasion's changes, its evidence and waivers do to duties that are stored already."""

import unicodedata
from datetime import date

import pytest

from coordination.choices import DutyState, EvidenceKind
from coordination.models import Duty, Evidence
from coordination.occasion import AgendaPoint, Occasion
from coordination.queries import duty_timeline
from coordination.services import raise_duties, settle, waive, withdraw
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.coordination.test_duties import DAY, REASON, clause, occasion

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 9)


def plan(cast: Cast, *codes: str) -> list[Duty]:
    """A meeting with an explanation that names the areas; its duties in order of the creditor."""
    areas = tuple(cast.world.areas[code] for code in codes)
    planned = Occasion(
        "standing_meeting", cast.world["TTHDND"], clock.at_time(DAY, 8), "Phiên họp thứ 3",
        agenda=(AgendaPoint("explanation", areas),), target=cast.world["TTHDND"],
    )  # fmt: skip
    raise_duties(occasion=planned, actor=cast.secretary)
    return list(Duty.objects.select_related("creditor").order_by("creditor__code"))


def states(duties: list[Duty]) -> dict[str | None, DutyState]:
    return {duty.creditor and duty.creditor.code: duty.state_on(DAY) for duty in duties}


@pytest.fixture
def concerned(cast: Cast) -> None:
    clause(
        code="R22",
        counterpart_kinds=["standing_committee"],
        counterpart_scope="area",
        agenda_kind="explanation",
    )


class TestAgenda:
    def test_an_area_added_raises_and_one_taken_off_voids(self, cast: Cast, concerned: None) -> None:
        assert states(plan(cast, "X01")) == {"X01-TT": DutyState.DUE}
        assert states(plan(cast, "X03")) == {"X01-TT": DutyState.VOID, "X03-TT": DutyState.DUE}
        entry = Entry.objects.get(verb="coordination.duty.voided")
        assert entry.changes == {"void_reason": ["", "Sự kiện đã thay đổi, điều khoản không còn áp dụng."]}

    def test_an_area_named_again_is_owed_again(self, cast: Cast, concerned: None) -> None:
        for named in (("X01", "X03"), ("X03",), ("X01", "X03")):
            duties = plan(cast, *named)
        assert states(duties) == {"X01-TT": DutyState.DUE, "X03-TT": DutyState.DUE}

    def test_what_is_settled_stays_when_its_area_goes(self, cast: Cast, concerned: None) -> None:
        plan(cast, "X01")
        settle(target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 18), modes=["invite"])
        assert states(plan(cast, "X03")) == {"X01-TT": DutyState.MET, "X03-TT": DutyState.DUE}

    def test_a_waived_one_becomes_void_when_its_area_goes(self, cast: Cast, concerned: None) -> None:
        (duty,) = plan(cast, "X01")
        waive(actor=cast.secretary, duty=duty, reason=REASON)
        (duty,) = plan(cast)
        assert (duty.state_on(DAY), duty.waived_reason) == (DutyState.VOID, "")

    def test_a_missing_body_is_said_as_long_as_it_is_named(self, cast: Cast, concerned: None) -> None:
        cast.world["X03-TT"].delete()
        assert states(plan(cast, "X01", "X03")) == {None: DutyState.VOID, "X01-TT": DutyState.DUE}
        assert states(plan(cast, "X01")) == {"X01-TT": DutyState.DUE}
        entry = Entry.objects.get(verb="coordination.duty.voided")
        assert "không có Thường trực HĐND nào tại xã Phú Lộc" in entry.changes["void_reason"][0]

    def test_an_occasion_that_is_not_stored_raises_nothing(self, cast: Cast) -> None:
        clause()
        unsaved = Occasion("standing_meeting", cast.world["TTHDND"], clock.at_time(DAY, 8), "Phiên họp")
        with pytest.raises(ValueError, match="stored occasion"):
            raise_duties(occasion=unsaved, actor=cast.secretary)


class TestEvidence:
    @pytest.fixture
    def duty(self, cast: Cast) -> Duty:
        clause()
        (made,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
        return made

    @pytest.mark.parametrize(
        ("on", "state"),
        [
            (date(2026, 6, 19), DutyState.MET),
            (date(2026, 6, 20), DutyState.LATE),
            (DAY, DutyState.LATE),
            (date(2026, 6, 27), DutyState.MISSED),  # an invitation after the meeting is none
        ],
    )
    def test_met_late_missed(self, cast: Cast, duty: Duty, on: date, state: DutyState) -> None:
        target = cast.world["TTHDND"]
        assert (
            settle(target=target, kind="invitation_issued", on=on, modes=["invite"], actor=cast.secretary)
            == 1
        )
        assert Duty.objects.get().state_on(LATER) == state
        assert Evidence.objects.get().on == on
        entry = Entry.objects.get(verb="coordination.duties.settled")
        assert (entry.actor, entry.changes["duties"]) == (cast.secretary, [duty.pk])

    @pytest.mark.parametrize(
        "aside",
        [{"modes": ["attend"]}, {"creditors": []}, {"debtors": []}],
        ids=["another mode", "another creditor", "another debtor"],
    )
    def test_evidence_for_others_settles_nothing(
        self, cast: Cast, duty: Duty, aside: dict[str, list[str]]
    ) -> None:
        values = {"modes": ["invite"], **aside}
        assert settle(target=cast.world["TTHDND"], kind="invitation_issued", on=DAY, **values) == 0
        assert (Duty.objects.get().settled_on, Evidence.objects.count()) == (None, 0)
        assert not Entry.objects.filter(verb="coordination.duties.settled").exists()

    def test_the_same_evidence_counts_once(self, cast: Cast, duty: Duty) -> None:
        for _ in range(2):
            settle(
                target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 18), modes=["invite"],
                proof=cast.world["UBND"],
            )  # fmt: skip
        assert Evidence.objects.count() == 1

    def test_withdrawn_evidence_falls_back_on_what_is_left(self, cast: Cast, duty: Duty) -> None:
        target, first, second = cast.world["TTHDND"], cast.world["UBND"], cast.world["SXD"]
        for proof, on in ((first, date(2026, 6, 18)), (second, date(2026, 6, 22))):
            settle(target=target, kind=EvidenceKind.DOCUMENT_SENT, on=on, modes=["invite"], proof=proof)
        kind = EvidenceKind.DOCUMENT_SENT
        assert withdraw(target=target, kind=kind, proof=first, actor=cast.secretary) == 1
        assert Duty.objects.get().state_on(LATER) == DutyState.LATE
        assert withdraw(target=target, kind=kind, proof=second, actor=cast.secretary) == 1
        assert Duty.objects.get().settled_on is None
        assert withdraw(target=target, kind=kind, proof=second, actor=cast.secretary) == 0
        assert Entry.objects.filter(verb="coordination.duties.withdrawn").count() == 2


class TestWaivers:
    @pytest.fixture
    def duty(self, cast: Cast) -> Duty:
        clause()
        (made,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
        return made

    def test_a_void_duty_is_not_waived(self, cast: Cast) -> None:
        clause(counterpart_kinds=["party_caucus"])
        (void,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
        with pytest.raises(DomainError, match="không phát sinh") as error:
            waive(actor=cast.secretary, duty=void, reason=REASON)
        assert (error.value.field, Duty.objects.get().waived_reason) == ("reason", "")

    def test_ten_characters_are_a_reason(self, cast: Cast, duty: Duty) -> None:
        with pytest.raises(DomainError, match="ít nhất 10 ký tự"):
            waive(actor=cast.secretary, duty=duty, reason="a" * 9)
        waive(actor=cast.secretary, duty=duty, reason="a" * 10)
        assert Duty.objects.get().waived_reason == "a" * 10

    def test_the_same_reason_again_writes_nothing(self, cast: Cast, duty: Duty) -> None:
        for _ in range(2):
            waive(actor=cast.secretary, duty=duty, reason=REASON)
        assert Entry.objects.filter(verb="coordination.duty.waived").count() == 1

    def test_a_reason_is_kept_composed(self, cast: Cast, duty: Duty) -> None:
        waive(
            actor=cast.secretary,
            duty=duty,
            reason=unicodedata.normalize("NFD", "Không có nội dung liên quan"),
        )
        assert Duty.objects.get().waived_reason == "Không có nội dung liên quan"


def test_the_timeline_tells_what_concerns_the_duty_and_no_more(cast: Cast, concerned: None) -> None:
    clause()  # R09, towards UBND
    target = cast.world["TTHDND"]
    executive, first = plan(cast, "X01")
    assert [duty.creditor and duty.creditor.code for duty in (executive, first)] == ["UBND", "X01-TT"]
    _, _, second = plan(cast, "X01", "X03")
    waive(actor=cast.secretary, duty=executive, reason=REASON)
    for duty, proof in ((first, "X01-HDND"), (second, "X03-HDND")):
        settle(
            target=target, kind="document_sent", on=DAY, modes=["invite"], creditors=[duty.creditor_id or 0],
            proof=cast.world[proof],
        )  # fmt: skip
    withdraw(target=target, kind="document_sent", proof=cast.world["X03-HDND"], actor=cast.secretary)
    told = {
        duty.creditor.code: [entry.verb for entry in duty_timeline(duty)]
        for duty in plan(cast, "X01", "X03")
        if duty.creditor
    }
    assert told == {
        "UBND": ["coordination.duty.waived", "coordination.duties.raised"],
        "X01-TT": ["coordination.duties.settled", "coordination.duties.raised"],
        "X03-TT": [
            "coordination.duties.withdrawn", "coordination.duties.settled", "coordination.duties.raised",
        ],
    }  # fmt: skip
