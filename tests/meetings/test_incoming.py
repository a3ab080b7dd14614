"""Invitations that came in on paper: they raise the other side's duties, prove them, and ours to attend."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from coordination.choices import Mode, OwedBy
from coordination.models import Duty, Evidence
from councils.choices import OrganizationKind
from councils.models import Organization
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from meetings.models import IncomingInvitation
from meetings.queries.incoming import incoming_list, visible_incoming
from meetings.services import incoming as services
from meetings.services.incoming import IncomingInput
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import PARTS, Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories


@pytest.fixture
def clauses(cast: Cast) -> None:
    """R10 UBND invites the standing committee, D02 that attends, R04 the delegation invites it and its committees."""
    of = factories.regulation(cast.world)
    monthly = {"event_kinds": ["executive_meeting"], "host_kinds": ["executive"]}
    factories.clause(of, "R10", counterpart_kinds=["standing_committee"], **monthly)
    factories.clause(
        of, "D02", counterpart_kinds=["standing_committee"], mode=Mode.ATTEND, owed_by=OwedBy.COUNTERPART,
        lead_days=0, **monthly,
    )  # fmt: skip
    factories.clause(
        of, "R04", event_kinds=["law_consultation"], host_kinds=["na_delegation"],
        counterpart_kinds=["standing_committee", "committee", "front_standing"],
    )  # fmt: skip
    factories.clause(
        of, "R08", event_kinds=["oversight_visit"], host_kinds=["na_committee"], counterpart_kinds=["standing_committee"],
        counterpart_scope="area", counterpart_level="province",
    )  # fmt: skip


def told(host: Organization, **changes: Any) -> IncomingInput:
    """UBND's monthly meeting on Friday 26 June; R10 asks for the invitation by 19 June."""
    values = {
        "host": host, "kind": "executive_meeting", "title": "Phiên họp UBND tỉnh tháng 6", "starts_at": factories.STARTS_AT,
        "received_on": date(2026, 6, 12), "symbol": "45/GM-UBND", "dated_on": date(2026, 6, 11), "place": "Phòng họp A",
        **changes,
    }  # fmt: skip
    return IncomingInput(**values)


def registered(cast: Cast, host: str = "UBND", **changes: Any) -> IncomingInvitation:
    return services.register(
        actor=cast.secretary, organization=cast.world["TTHDND"], data=told(cast.world[host], **changes)
    )


def states() -> list[tuple[str, str, str, str]]:
    """Clause, who owes whom, state today."""
    rows = Duty.objects.select_related("clause", "debtor", "creditor").order_by(
        "clause__code", "creditor__code"
    )
    return [
        (row.clause.code, row.debtor.code, row.creditor.code, str(row.state_on(clock.today())))
        for row in rows
    ]


MET = [("D02", "TTHDND", "UBND", "upcoming"), ("R10", "UBND", "TTHDND", "met")]


@pytest.mark.usefixtures("clauses")
class TestRegistering:
    def test_it_is_the_evidence_of_the_other_side(self, cast: Cast) -> None:
        row = registered(cast, content=BLANK, file_name="giấy mời.pdf")
        assert states() == MET
        proof = Evidence.objects.get()
        assert (proof.kind, proof.on, proof.object, proof.note) == (
            "received", date(2026, 6, 12), row, "Giấy mời số 45/GM-UBND ngày 11/06/2026, nhận ngày 12/06/2026",
        )  # fmt: skip
        assert (files.read(row.file), row.file_name) == (BLANK, "giấy mời.pdf")
        assert verbs(row) == [
            "meetings.incoming.registered", "coordination.duties.raised", "coordination.duties.settled",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("received", "today", "state"),
        [
            (date(2026, 6, 19), datetime(2026, 6, 22, 9, tzinfo=clock.VIETNAM), "met"),
            (date(2026, 6, 20), datetime(2026, 6, 22, 9, tzinfo=clock.VIETNAM), "late"),
            (date(2026, 6, 26), datetime(2026, 6, 29, 9, tzinfo=clock.VIETNAM), "late"),
            (date(2026, 6, 29), datetime(2026, 6, 29, 9, tzinfo=clock.VIETNAM), "missed"),
        ],
    )
    def test_late_when_received_after_its_day(
        self, cast: Cast, set_clock: Callable[[datetime], None], received: date, today: datetime, state: str
    ) -> None:
        set_clock(today)
        registered(cast, received_on=received)
        assert states()[1] == ("R10", "UBND", "TTHDND", state)

    def test_it_says_nothing_about_other_bodies(self, cast: Cast) -> None:
        make.organization(
            "DDBQH", name="Đoàn ĐBQH", kind=OrganizationKind.NA_DELEGATION, area=cast.world.areas["T"]
        )
        cast.world.bodies["DDBQH"] = Organization.objects.get(code="DDBQH")
        registered(cast, "DDBQH", kind="law_consultation")
        assert states() == [("R04", "DDBQH", "TTHDND", "met")]

    def test_a_body_of_the_centre_comes_to_our_area(self, cast: Cast) -> None:
        make.organization("UBPL", name="Ủy ban Pháp luật", kind=OrganizationKind.NA_COMMITTEE)
        cast.world.bodies["UBPL"] = Organization.objects.get(code="UBPL")
        registered(cast, "UBPL", kind="oversight_visit")
        assert states() == [("R08", "UBPL", "TTHDND", "met")]

    def test_what_no_clause_asks_for_is_registered_too(self, cast: Cast) -> None:
        registered(cast, "MTTQ", kind="other")
        assert (IncomingInvitation.objects.count(), states()) == (1, [])

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_by_the_secretariat_only(self, cast: Cast, person: str) -> None:
        with refused(PermissionDenied):
            services.register(
                actor=getattr(cast, person), organization=cast.world["TTHDND"], data=told(cast.world["UBND"])
            )

    @pytest.mark.parametrize(
        ("host", "changes", "field"),
        [
            ("BPC", {}, "host"),
            ("TTHDND", {}, "host"),
            ("UBND", {"received_on": date(2026, 6, 16)}, "received_on"),
            ("UBND", {"content": b"", "file_name": "a.pdf"}, "file"),
            ("UBND", {"content": b"PK\x03\x04", "file_name": "a.pdf"}, "file"),
            ("UBND", {"content": BLANK, "file_name": "a.jpg"}, "file"),
        ],
    )
    def test_refused(self, cast: Cast, host: str, changes: dict[str, Any], field: str) -> None:
        with refused(DomainError, field=field):
            registered(cast, host, **changes)

    def test_received_before_it_was_written(self, cast: Cast) -> None:
        with refused(ValidationError) as caught:
            registered(cast, dated_on=date(2026, 6, 13))
        assert "received_on" in caught.value.message_dict

    def test_not_the_same_paper_twice(self, cast: Cast) -> None:
        first = registered(cast)
        with refused(DomainError, field="symbol"):
            registered(cast, symbol=" 45/gm-ubnd", starts_at=factories.STARTS_AT + timedelta(days=1))
        registered(cast, symbol="46/GM-UBND")
        services.withdraw_incoming(actor=cast.secretary, incoming=first, reason="Vào sổ nhầm giấy mời")
        registered(cast)

    def test_not_what_came_through_the_system(self, cast: Cast) -> None:
        factories.invitation(factories.meeting(cast.world, host="UBND"), cast.world["TTHDND"])
        with refused(DomainError, field="host") as caught:
            registered(cast)
        assert "trong hệ thống" in caught.value.message


@pytest.mark.usefixtures("clauses")
class TestChanging:
    def test_duties_and_evidence_follow(self, cast: Cast, set_clock: Callable[[datetime], None]) -> None:
        set_clock(datetime(2026, 6, 22, 9, tzinfo=clock.VIETNAM))
        row = registered(cast)
        services.change(
            actor=cast.secretary, incoming=row, data=told(cast.world["UBND"], received_on=date(2026, 6, 20))
        )
        assert (states()[1][3], Evidence.objects.get().on) == ("late", date(2026, 6, 20))
        later = factories.STARTS_AT + timedelta(days=7)
        services.change(
            actor=cast.secretary, incoming=row,
            data=told(cast.world["UBND"], received_on=date(2026, 6, 20), starts_at=later),
        )  # fmt: skip
        row.refresh_from_db()
        duty = Duty.objects.get(clause__code="R10")
        assert (duty.event_on, duty.due_on, states()[1][3], row.version) == (
            date(2026, 7, 3), date(2026, 6, 26), "met", 2,
        )  # fmt: skip

    def test_another_kind_voids_what_no_longer_applies(self, cast: Cast) -> None:
        row = registered(cast)
        services.change(actor=cast.secretary, incoming=row, data=told(cast.world["UBND"], kind="other"))
        assert [state for *_, state in states()] == ["void", "void"]
        assert Evidence.objects.count() == 0

    def test_the_scan_stays_when_none_is_sent(self, cast: Cast) -> None:
        row = registered(cast, content=BLANK, file_name="a.pdf")
        services.change(actor=cast.secretary, incoming=row, data=told(cast.world["UBND"], title="Khác"))
        row.refresh_from_db()
        assert (row.file_name, row.title) == ("a.pdf", "Khác")

    def test_nothing_changed_nothing_written(self, cast: Cast) -> None:
        row = registered(cast)
        before = len(entries(row))
        services.change(actor=cast.secretary, incoming=row, data=told(cast.world["UBND"]))
        assert (len(entries(row)), states()) == (before, MET)


@pytest.mark.usefixtures("clauses")
class TestAttending:
    def test_those_sent_are_told_once(self, cast: Cast) -> None:
        person = cast.world.people["P02"]
        person.email = "yen@hdnd.test"
        person.save()
        row = registered(cast, content=BLANK, file_name="a.pdf")
        people = [person, cast.world.people["P03"]]
        for _ in range(2):
            services.assign(actor=cast.secretary, incoming=row, people=people)
        message = Message.objects.get()
        assert (message.to, message.subject) == ("yen@hdnd.test", "Cử dự: Phiên họp UBND tỉnh tháng 6")
        assert [item["type"] for item in message.attachments] == [
            "application/pdf", "text/calendar; method=REQUEST",
        ]  # fmt: skip
        calendar = files.read(message.attachments[1]["file"]).decode()
        assert f"UID:giay-moi-den-{row.pk}@" in calendar
        assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260626T073000" in calendar
        assert set(row.people.all()) == set(people)

    def test_people_of_the_own_council_only(self, cast: Cast) -> None:
        row = registered(cast)
        with refused(DomainError, field="people"):
            services.assign(actor=cast.secretary, incoming=row, people=[cast.world.people["P21"]])

    def test_attended_settles_our_duty(self, cast: Cast, set_clock: Callable[[datetime], None]) -> None:
        row = registered(cast)
        with refused(DomainError):
            services.record_result(actor=cast.secretary, incoming=row, attended=True)
        set_clock(factories.STARTS_AT + timedelta(hours=9))
        services.record_result(actor=cast.secretary, incoming=row, attended=True)
        assert states() == [("D02", "TTHDND", "UBND", "met"), ("R10", "UBND", "TTHDND", "met")]
        set_clock(factories.STARTS_AT + timedelta(days=1))
        services.record_result(
            actor=cast.secretary, incoming=row, attended=False, reason="Ghi nhầm, trùng lịch"
        )
        assert states() == [("D02", "TTHDND", "UBND", "missed"), ("R10", "UBND", "TTHDND", "met")]
        row.refresh_from_db()
        assert (row.attended_on, row.absent_because) == (None, "Ghi nhầm, trùng lịch")

    def test_not_going_needs_a_reason(self, cast: Cast) -> None:
        row = registered(cast)
        with refused(DomainError, field="reason"):
            services.record_result(actor=cast.secretary, incoming=row, attended=False)


@pytest.mark.usefixtures("clauses")
class TestWithdrawing:
    def test_evidence_goes_duties_are_void_the_row_stays(self, cast: Cast) -> None:
        row = registered(cast)
        services.withdraw_incoming(actor=cast.secretary, incoming=row, reason="Vào sổ nhầm giấy mời")
        assert [state for *_, state in states()] == ["void", "void"]
        assert Evidence.objects.count() == 0
        row.refresh_from_db()
        assert (row.withdrawn_because, row.outcome) == ("Vào sổ nhầm giấy mời", ("void", "đã rút"))
        assert "meetings.incoming.withdrawn" in verbs(row)
        with refused(DomainError):
            services.change(actor=cast.secretary, incoming=row, data=told(cast.world["UBND"], title="x"))

    def test_needs_a_reason(self, cast: Cast) -> None:
        row = registered(cast)
        with refused(DomainError, field="reason"):
            services.withdraw_incoming(actor=cast.secretary, incoming=row, reason="nhầm")


def test_who_sees_it(cast: Cast) -> None:
    row = registered(cast)
    stranger = make.user("p21", person=cast.world.people["P21"])
    seen = {part for part in PARTS if visible_incoming(getattr(cast, part)).exists()}
    assert seen == {"secretary", "leader", "delegate"}
    assert not visible_incoming(stranger).exists()
    row.people.add(cast.world.people["P21"])
    assert list(incoming_list(stranger)) == [row]


def test_the_desk_asks_for_people_and_then_for_the_result(
    cast: Cast, set_clock: Callable[[datetime], None]
) -> None:
    from workbench.queries import desk

    def moves(user: Any) -> list[str]:
        user._access = None
        return [move.title for move in desk(user).moves if move.kind == "incoming"]

    row = registered(cast)
    title = "Phiên họp UBND tỉnh tháng 6"
    assert (moves(cast.secretary), moves(cast.leader), moves(cast.partner)) == (
        [f"Cử người dự {title}"],
        [],
        [],
    )
    services.assign(actor=cast.secretary, incoming=row, people=[cast.world.people["P02"]])
    assert moves(cast.secretary) == []
    set_clock(factories.STARTS_AT + timedelta(days=1))
    assert moves(cast.secretary) == [f"Ghi kết quả dự {title}"]
    services.record_result(actor=cast.secretary, incoming=row, attended=True)
    assert moves(cast.secretary) == []
