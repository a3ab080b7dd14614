"""Several pieces of evidence, and a wrong one that is taken back with a reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from coordination.choices import DutyState
from coordination.models import CalendarException, Duty, Evidence
from coordination.services import raise_duties, settle, withdraw, withdraw_evidence
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.queries.followup import duty_lines
from tests.cast import Cast
from tests.coordination.test_duties import DAY, clause, occasion

pytestmark = pytest.mark.django_db
WRONG = "Giấy mời này gửi cho phiên họp khác"


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """Met on 18/6 by a paper, late on 22/6 by another, whose proofs are any stored objects."""
    clause()
    (made,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    prove(cast, date(2026, 6, 18), "UBND")
    prove(cast, date(2026, 6, 22), "MTTQ")
    made.refresh_from_db()
    return made


def prove(cast: Cast, on: date, proof: str, kind: str = "invitation_issued") -> int:
    return settle(
        target=cast.world["TTHDND"], kind=kind, on=on, modes=["invite"], proof=cast.world[proof],
    )  # fmt: skip


def first_of(duty: Duty) -> Evidence:
    return duty.evidence.get(on=date(2026, 6, 18))


def state(duty: Duty) -> DutyState:
    return Duty.objects.get(pk=duty.pk).state_on(DAY)


def test_one_taken_back_leaves_the_other(cast: Cast, duty: Duty) -> None:
    assert state(duty) == DutyState.MET
    withdraw_evidence(actor=cast.secretary, evidence=first_of(duty), reason=WRONG)
    assert state(duty) == DutyState.LATE
    assert first_of(duty).withdrawn_reason == WRONG
    entry = Entry.objects.get(verb="coordination.duty.evidence_withdrawn")
    assert (entry.actor, entry.changes["withdrawn_reason"]) == (cast.secretary, ["", WRONG])
    withdraw_evidence(actor=cast.secretary, evidence=first_of(duty), reason="")
    assert state(duty) == DutyState.MET
    assert Entry.objects.filter(verb="coordination.duty.evidence_restored").count() == 1


def test_all_taken_back_opens_the_duty_by_the_calendar_of_now(cast: Cast, duty: Duty) -> None:
    CalendarException.objects.create(day=date(2026, 6, 24), reason="Nghỉ đột xuất")
    with clock.at(clock.at_time(date(2026, 6, 23), 8)):
        for evidence in duty.evidence.all():
            withdraw_evidence(actor=cast.secretary, evidence=evidence, reason=WRONG)
    duty.refresh_from_db()
    assert (duty.settled_on, duty.due_on) == (None, date(2026, 6, 18))


def test_what_a_person_took_back_does_not_come_by_itself(cast: Cast, duty: Duty) -> None:
    withdraw_evidence(actor=cast.secretary, evidence=first_of(duty), reason=WRONG)
    entries = Entry.objects.count()
    assert prove(cast, date(2026, 6, 18), "UBND") == 0
    assert (state(duty), duty.evidence.count()) == (DutyState.LATE, 2)
    withdraw(
        target=cast.world["TTHDND"], kind="invitation_issued", proof=cast.world["UBND"], actor=cast.secretary
    )
    assert (first_of(duty).withdrawn_reason, Entry.objects.count()) == (WRONG, entries)
    withdraw(
        target=cast.world["TTHDND"], kind="invitation_issued", proof=cast.world["MTTQ"], actor=cast.secretary
    )
    assert (state(duty), duty.evidence.count()) == (DutyState.DUE, 1)


@pytest.mark.parametrize("reason", ["sai", "   sai   "])
def test_a_reason_too_short_leaves_all_as_it_is(cast: Cast, duty: Duty, reason: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(DomainError, match="Lý do rút bằng chứng quá ngắn"):
        withdraw_evidence(actor=cast.secretary, evidence=first_of(duty), reason=reason)
    assert (first_of(duty).withdrawn_reason, state(duty)) == ("", DutyState.MET)
    assert Entry.objects.count() == before


def test_the_side_that_gave_it_takes_it_back(cast: Cast, duty: Duty) -> None:
    prove(cast, date(2026, 6, 19), "UBND", kind="received")
    received = duty.evidence.get(kind="received")
    for actor, evidence in ((cast.partner, first_of(duty)), (cast.secretary, received)):
        with pytest.raises(PermissionDenied):
            withdraw_evidence(actor=actor, evidence=evidence, reason=WRONG)
    withdraw_evidence(actor=cast.partner, evidence=received, reason=WRONG)
    assert Evidence.objects.exclude(withdrawn_reason="").get() == received


def test_the_meeting_shows_what_counts(cast: Cast, duty: Duty) -> None:
    withdraw_evidence(actor=cast.secretary, evidence=first_of(duty), reason=WRONG)
    (line,) = duty_lines([duty])
    assert [proof.evidence.on for proof in line.proofs] == [date(2026, 6, 22)]


def test_in_the_browser(cast: Cast, client: Client, duty: Duty) -> None:
    address = reverse("coordination:evidence_withdraw", args=[first_of(duty).pk])
    detail = reverse("coordination:duty_detail", args=[duty.pk])
    client.force_login(cast.partner)
    assert address not in client.get(detail).content.decode()
    client.force_login(cast.secretary)
    assert address in client.get(detail).content.decode()
    empty = client.post(address, {"reason": " "})
    assert (empty.status_code, empty.context["form"].errors["reason"]) == (422, ["Ghi lý do rút bằng chứng."])
    short = client.post(address, {"reason": "nhầm"})
    assert (short.status_code, short.context["form"]["reason"].value()) == (422, "nhầm")
    assert client.post(address, {"reason": WRONG}).headers["Location"] == detail
    shown = client.get(detail).content.decode()
    assert f"Đã rút, không được tính: {WRONG}" in shown
    assert "Rút bằng chứng, có lý do" in shown
    assert client.post(address, {"reason": ""}).headers["Location"] == detail
    assert state(duty) == DutyState.MET
