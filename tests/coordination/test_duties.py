"""Raise, settle, waive, void: rows, audit, and refusals that leave nothing behind."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from coordination.choices import DutyState, EvidenceKind
from coordination.models import CalendarException, Clause, Duty, Regulation
from coordination.occasion import Occasion
from coordination.services import raise_duties, settle, void_duties, waive
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests.cast import Cast, World

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 26)
REASON = "Phiên họp chỉ bàn việc nội bộ"


def clause(**values: object) -> Clause:
    regulation, _ = Regulation.objects.get_or_create(
        code="Q", defaults={"title": "Quy chế", "valid_from": date(2020, 1, 1)}
    )
    common = {
        "regulation": regulation, "code": "R09", "article": "Điều 7", "sentence": "Mời lãnh đạo UBND.",
        "event_kinds": ["standing_meeting"], "host_kinds": ["standing_committee"], "counterpart_kinds": ["executive"],
    }  # fmt: skip
    made = Clause(**{**common, **values})
    made.full_clean()
    made.save()
    return made


def occasion(world: World, day: date = DAY, title: str = "Phiên họp thứ 3") -> Occasion:
    """Any stored object can be an occasion: here the host's own row."""
    return Occasion("standing_meeting", world["TTHDND"], clock.at_time(day, 8), title, target=world["TTHDND"])


def test_raising_twice_changes_nothing(cast: Cast) -> None:
    clause()
    first = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    entries = Entry.objects.count()
    assert raise_duties(occasion=occasion(cast.world), actor=cast.secretary) == first
    assert (Entry.objects.count(), len(first)) == (entries, 1)
    duty = first[0]
    assert (duty.debtor, duty.creditor, duty.due_on) == (
        cast.world["TTHDND"],
        cast.world["UBND"],
        date(2026, 6, 19),
    )


def test_a_moved_event_moves_what_is_open_and_says_so(cast: Cast) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    (duty,) = raise_duties(occasion=occasion(cast.world, date(2026, 7, 3)), actor=cast.secretary)
    assert (duty.due_on, duty.event_on) == (date(2026, 6, 26), date(2026, 7, 3))
    entry = Entry.objects.get(verb="coordination.duty.moved")
    assert entry.changes["due_on"] == ["2026-06-19", "2026-06-26"]


def test_a_new_day_off_moves_what_is_open(cast: Cast) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    CalendarException.objects.create(day=date(2026, 6, 24), is_working=False, reason="Nghỉ đột xuất")
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert duty.due_on == date(2026, 6, 18)
    assert "Nghỉ đột xuất" in duty.due_why


def test_what_is_settled_stays(cast: Cast) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    target = cast.world["TTHDND"]
    count = settle(
        target=target,
        kind=EvidenceKind.INVITATION_ISSUED,
        on=date(2026, 6, 18),
        modes=["invite"],
        creditors=[cast.world["UBND"].pk],
    )
    (duty,) = raise_duties(occasion=occasion(cast.world, date(2026, 7, 3)), actor=cast.secretary)
    assert (count, duty.due_on, duty.state_on(date(2026, 7, 9))) == (1, date(2026, 6, 19), DutyState.MET)


def test_later_evidence_does_not_make_it_late(cast: Cast) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    target = cast.world["TTHDND"]
    for day in (date(2026, 6, 18), date(2026, 6, 22)):
        settle(target=target, kind=EvidenceKind.DOCUMENT_SENT, on=day, modes=["invite"], note=str(day))
    duty = Duty.objects.get()
    assert duty.settled_on == date(2026, 6, 18)


def test_a_clause_no_longer_asked_for_becomes_void(cast: Cast) -> None:
    made = clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    Clause.objects.filter(pk=made.pk).update(valid_to=date(2026, 1, 1))
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert Duty.objects.get().state_on(DAY) == DutyState.VOID


def test_a_missing_party_is_void_and_says_why(cast: Cast) -> None:
    clause(counterpart_kinds=["party_caucus"])
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert (duty.creditor, duty.state_on(DAY)) == (None, DutyState.VOID)
    assert "không có Đảng đoàn" in duty.void_reason


def test_waiving_needs_a_reason_and_the_right(cast: Cast) -> None:
    clause()
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    entries = Entry.objects.count()
    with pytest.raises(DomainError, match="quá ngắn") as error:
        waive(actor=cast.secretary, duty=duty, reason="bận")
    assert error.value.field == "reason"
    for other in (cast.outsider, cast.delegate, cast.partner, cast.leader):
        with pytest.raises(PermissionDenied):
            waive(actor=other, duty=duty, reason=REASON)
    assert (Duty.objects.get().waived_reason, Entry.objects.count()) == ("", entries)
    waive(actor=cast.secretary, duty=duty, reason=REASON)
    assert Duty.objects.get().state_on(DAY) == DutyState.WAIVED
    entry = Entry.objects.get(verb="coordination.duty.waived")
    assert (entry.actor, entry.changes) == (cast.secretary, {"waived_reason": ["", REASON]})
    waive(actor=cast.secretary, duty=duty, reason="")
    assert Duty.objects.get().waived_reason == ""


def test_a_settled_duty_is_not_waived(cast: Cast) -> None:
    clause()
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    settle(target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 18), modes=["invite"])
    with pytest.raises(DomainError, match="đã có bằng chứng"):
        waive(actor=cast.secretary, duty=duty, reason=REASON)


def test_a_cancelled_event_voids_what_is_open(cast: Cast) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert void_duties(actor=cast.secretary, target=cast.world["TTHDND"], reason="Hủy họp") == 1
    assert Duty.objects.get().state_on(DAY) == DutyState.VOID


def test_attend_is_owed_by_the_other_side(cast: Cast) -> None:
    clause(code="R50", mode="attend", owed_by="counterpart", lead_days=0)
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert (duty.debtor, duty.creditor, duty.due_on) == (cast.world["UBND"], cast.world["TTHDND"], DAY)


def test_a_clause_built_in_admin_raises_its_duty_without_code(cast: Cast, client: Client) -> None:
    regulation = Regulation.objects.create(code="QM", title="Quy chế mới", valid_from=date(2026, 1, 1))
    client.force_login(cast.admin)
    form = {
        "regulation": regulation.pk, "code": "R77", "article": "Điều 3", "sentence": "Ban thẩm tra mời Sở Xây dựng.",
        "trigger": "event", "event_kinds": ["scrutiny_meeting"], "host_kinds": ["committee"], "host_level": "province",
        "agenda_kind": "", "owed_by": "host", "mode": "invite", "counterpart_kinds": ["department"],
        "counterpart_scope": "same", "counterpart_level": "", "counterpart_role": "đại diện", "lead_days": "2",
        "lead_unit": "wd", "deliverable": "", "source": "", "confidence": "high", "valid_from": "", "valid_to": "",
    }  # fmt: skip
    response = client.post(reverse("admin:coordination_clause_add"), form)
    assert response.status_code == 302, response.context["adminform"].form.errors
    world = cast.world
    met = Occasion(
        "scrutiny_meeting", world["BPC"], clock.at_time(DAY, 14), "Họp thẩm tra", target=world["BPC"]
    )
    (duty,) = raise_duties(occasion=met, actor=cast.secretary)
    assert (duty.clause.code, duty.debtor, duty.creditor, duty.due_on) == (
        "R77",
        world["BPC"],
        world["SXD"],
        date(2026, 6, 24),
    )
    entry = Entry.objects.get(verb="coordination.clause.created")
    assert entry.actor == cast.admin


def test_admin_refuses_a_clause_without_an_event(cast: Cast, client: Client) -> None:
    regulation = Regulation.objects.create(code="QM", title="Quy chế mới", valid_from=date(2026, 1, 1))
    client.force_login(cast.admin)
    form = {
        "regulation": regulation.pk, "code": "R77", "article": "Điều 3", "sentence": "Mời.", "trigger": "event",
        "owed_by": "host", "mode": "invite", "counterpart_kinds": ["department"], "counterpart_scope": "same",
        "lead_days": "2", "lead_unit": "wd", "confidence": "high",
    }  # fmt: skip
    response = client.post(reverse("admin:coordination_clause_add"), form)
    assert response.context["adminform"].form.errors["event_kinds"] == [
        "Chọn ít nhất một mục cho “loại sự kiện”."
    ]
    assert Clause.objects.count() == 0
