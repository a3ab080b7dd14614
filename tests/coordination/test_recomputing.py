"""Open duties follow the calendar, their clauses and their event; what is settled stays."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination import tasks
from coordination.models import CalendarException, Clause, Duty
from coordination.services import follow, raise_duties, recompute, settle, waive
from coordination.services.recomputing import ENDED
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.cast import Cast
from tests.coordination.test_duties import REASON, clause, occasion

pytestmark = pytest.mark.django_db
DAY_OFF = date(2026, 6, 24)
WHY = "24/06/2026 là ngày nghỉ (Nghỉ đột xuất)"


@pytest.fixture(autouse=True)
def before_the_event() -> Any:
    with clock.at(clock.at_time(date(2026, 6, 10), 8)):
        yield


@pytest.fixture
def duties(cast: Cast) -> dict[str, Duty]:
    """One duty each: open, settled, waived."""
    for code in ("OPEN", "MET", "WAIVED"):
        clause(code=code)
    raised = {
        duty.clause.code: duty for duty in raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    }
    raised["MET"].settled_on = date(2026, 6, 10)
    raised["MET"].save()
    waive(actor=cast.secretary, duty=raised["WAIVED"], reason=REASON)
    return raised


def due_days() -> dict[str, date]:
    return {duty.clause.code: duty.due_on for duty in Duty.objects.select_related("clause")}


def told() -> list[str]:
    verbs = ["coordination.duty.moved", "coordination.duty.voided", "coordination.duty.reopened"]
    return [entry.changes["told"] for entry in Entry.objects.filter(verb__in=verbs).order_by("pk")]


def post_day(client: Client, address: str, **values: str) -> None:
    form = {"day": "2026-06-24", "reason": "Nghỉ đột xuất", "source": "", **values}
    response = client.post(address, form)
    assert response.status_code == 302, response.context["adminform"].form.errors


class TestCalendar:
    def test_a_day_entered_changed_and_deleted_in_admin(
        self, cast: Cast, client: Client, duties: dict[str, Duty]
    ) -> None:
        client.force_login(cast.admin)
        usual = date(2026, 6, 19)
        post_day(client, reverse("admin:coordination_calendarexception_add"))
        assert due_days() == {"OPEN": date(2026, 6, 18), "MET": usual, "WAIVED": usual}
        row = CalendarException.objects.get()
        post_day(
            client, reverse("admin:coordination_calendarexception_change", args=[row.pk]), day="2026-06-20", is_working="on",
        )  # fmt: skip
        assert due_days()["OPEN"] == date(2026, 6, 20)  # the Saturday is worked, the Wednesday too again
        client.post(reverse("admin:coordination_calendarexception_delete", args=[row.pk]), {"post": "yes"})
        assert due_days()["OPEN"] == usual
        removed = "bỏ ngày 20/06/2026 (Nghỉ đột xuất) khỏi bảng ngày nghỉ, ngày làm bù"
        assert told() == [
            f"Hạn chuyển từ 19/06/2026 sang 18/06/2026 vì {WHY}.",
            "Hạn chuyển từ 18/06/2026 sang 20/06/2026 vì 20/06/2026 là ngày làm việc (Nghỉ đột xuất).",
            f"Hạn chuyển từ 20/06/2026 sang 19/06/2026 vì {removed}.",
        ]
        page = client.get(reverse("coordination:duty_detail", args=[duties["OPEN"].pk])).content.decode()
        assert f"Hạn chuyển từ 19/06/2026 sang 18/06/2026 vì {WHY}." in page

    def test_twice_changes_nothing(self, cast: Cast, duties: dict[str, Duty]) -> None:
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        assert recompute(actor=cast.admin, days=[DAY_OFF], why=WHY) == 1
        before = (due_days(), Entry.objects.count())
        assert recompute(actor=cast.admin, days=[DAY_OFF], why=WHY) == 0
        raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
        assert (due_days(), Entry.objects.count()) == before

    def test_days_that_no_term_runs_over_touch_nothing(self, cast: Cast, duties: dict[str, Duty]) -> None:
        with CaptureQueriesContext(connection) as asked:
            recompute(actor=cast.admin, days=[date(2026, 6, 18)], why=WHY)
        assert sum("coordination_duty" in query["sql"] for query in asked) == 1
        assert told() == []

    def test_events_of_the_past_are_history(self, cast: Cast, duties: dict[str, Duty]) -> None:
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        with clock.at(clock.at_time(date(2026, 6, 27), 8)):
            assert recompute(actor=cast.admin, days=[DAY_OFF], why=WHY) == 0

    def test_many_duties_take_as_many_queries_as_few(self, cast: Cast, duties: dict[str, Duty]) -> None:
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")

        def count() -> int:
            with CaptureQueriesContext(connection) as asked:
                recompute(actor=cast.admin, why=WHY)
            return len(asked)

        few = count()
        for number in range(30):
            clause(code=f"C{number}")
        CalendarException.objects.all().delete()
        raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        assert count() == few
        assert set(due_days().values()) == {date(2026, 6, 18), date(2026, 6, 19)}

    def test_much_work_is_left_to_a_worker(
        self, cast: Cast, duties: dict[str, Duty], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:  # fmt: skip
        monkeypatch.setattr("coordination.services.recomputing.AT_ONCE", 0)
        sent: list[tuple[Any, ...]] = []
        monkeypatch.setattr(
            tasks.recompute_touched, "apply_async", lambda args, retry: sent.append((args, retry))
        )
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        with django_capture_on_commit_callbacks(execute=True):
            follow(actor=cast.admin, days={DAY_OFF}, why=WHY)
        assert due_days()["OPEN"] == date(2026, 6, 19)
        ((args, _),) = sent
        tasks.recompute_touched(*args)
        assert due_days()["OPEN"] == date(2026, 6, 18)
        assert Entry.objects.get(verb="coordination.duty.moved").actor == cast.admin

    def test_the_night_makes_up_for_what_was_lost(self, cast: Cast, duties: dict[str, Duty]) -> None:
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        tasks.recompute_all()
        assert due_days()["OPEN"] == date(2026, 6, 18)
        assert told() == ["Hạn chuyển từ 19/06/2026 sang 18/06/2026 vì bảng ngày nghỉ thay đổi."]

    def test_only_an_administrator(self, cast: Cast, duties: dict[str, Duty]) -> None:
        CalendarException.objects.create(day=DAY_OFF, reason="Nghỉ đột xuất")
        with pytest.raises(PermissionDenied):
            follow(actor=cast.secretary, days={DAY_OFF}, why=WHY)
        assert due_days()["OPEN"] == date(2026, 6, 19)

    def test_rest_without_end_is_refused_in_admin(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        first = date(2026, 6, 1).toordinal()
        CalendarException.objects.bulk_create(
            CalendarException(day=date.fromordinal(first + step), reason="Nghỉ") for step in range(59)
        )
        form = {"day": str(date.fromordinal(first + 59)), "reason": "Nghỉ", "source": ""}
        page = client.post(reverse("admin:coordination_calendarexception_add"), form)
        assert "ngày liền không có ngày làm việc nào" in page.context["adminform"].form.errors["day"][0]
        assert CalendarException.objects.count() == 59


def edit_clause(client: Client, row: Clause, **values: Any) -> None:
    address = reverse("admin:coordination_clause_change", args=[row.pk])
    shown = client.get(address).context["adminform"].form
    own = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    posted = {name: "" if value is None else value for name, value in {**own, **values}.items()}
    response = client.post(address, posted)
    assert response.status_code == 302, response.context["adminform"].form.errors


class TestClause:
    def test_another_term(self, cast: Cast, client: Client, duties: dict[str, Duty]) -> None:
        client.force_login(cast.admin)
        for duty in duties.values():
            edit_clause(client, duty.clause, lead_days=3)
        usual = date(2026, 6, 19)
        assert due_days() == {"OPEN": date(2026, 6, 23), "MET": usual, "WAIVED": usual}
        assert told() == ["Hạn chuyển từ 19/06/2026 sang 23/06/2026 vì điều khoản OPEN được sửa."]

    def test_one_that_ends_voids_and_comes_back(
        self, cast: Cast, client: Client, duties: dict[str, Duty]
    ) -> None:
        client.force_login(cast.admin)
        for duty in duties.values():
            edit_clause(client, duty.clause, valid_to="2026-06-25")
        reasons = dict(Duty.objects.values_list("clause__code", "void_reason"))
        assert reasons == {"OPEN": ENDED, "MET": "", "WAIVED": ""}
        edit_clause(client, duties["OPEN"].clause, valid_to="", lead_days=3)
        duty = Duty.objects.get(clause__code="OPEN")
        assert (duty.void_reason, duty.due_on) == ("", date(2026, 6, 23))
        assert [entry.verb for entry in Entry.objects.filter(object_id=str(duty.pk), verb__startswith="coordination.duty.").order_by("pk")] == [
            "coordination.duty.voided", "coordination.duty.reopened",
        ]  # fmt: skip

    def test_a_regulation_that_ends(self, cast: Cast, client: Client, duties: dict[str, Duty]) -> None:
        client.force_login(cast.admin)
        regulation = duties["OPEN"].clause.regulation
        address = reverse("admin:coordination_regulation_change", args=[regulation.pk])
        shown = client.get(address).context["adminform"].form
        posted = {
            name: shown.get_initial_for_field(field, name) or "" for name, field in shown.fields.items()
        }
        posted |= {"valid_to": "2026-06-25", "parties": [cast.world["UBND"].pk]}
        assert client.post(address, posted).status_code == 302
        reasons = dict(Duty.objects.values_list("clause__code", "void_reason"))
        assert reasons == {"OPEN": ENDED, "MET": "", "WAIVED": ""}

    def test_words_alone_recompute_nothing(self, cast: Cast, client: Client, duties: dict[str, Duty]) -> None:
        client.force_login(cast.admin)
        edit_clause(client, duties["OPEN"].clause, sentence="Mời lãnh đạo UBND cùng dự.")
        assert told() == []


def test_a_moved_event_says_from_which_day_to_which(cast: Cast) -> None:
    clause(lead_days=20, lead_unit="d")
    clause(code="MET", lead_days=20, lead_unit="d")
    opening = occasion(cast.world, date(2026, 7, 14), "Kỳ họp thứ 2")
    raise_duties(occasion=opening, actor=cast.secretary)
    met = Duty.objects.get(clause__code="MET")
    settle(target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 24), modes=["invite"])
    Duty.objects.exclude(pk=met.pk).update(settled_on=None)
    raise_duties(occasion=occasion(cast.world, date(2026, 7, 21), "Kỳ họp thứ 2"), actor=cast.secretary)
    assert due_days() == {"R09": date(2026, 7, 1), "MET": date(2026, 6, 24)}
    assert told() == [
        "Hạn chuyển từ 24/06/2026 sang 01/07/2026 vì sự kiện chuyển từ 14/07/2026 sang 21/07/2026."
    ]
