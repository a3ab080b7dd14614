"""Regulations, clauses and calendar in Django admin; duties and evidence are only shown there."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coordination.models import CalendarException, Clause, Duty, Evidence, Regulation
from coordination.services import raise_duties, settle
from hdnd.audit.models import Entry
from tests.cast import Cast
from tests.coordination.test_duties import clause, occasion

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    client.force_login(cast.admin)
    return client


def regulation_form(cast: Cast, **values: Any) -> dict[str, Any]:
    parties = [cast.world["TTHDND"].pk, cast.world["UBND"].pk]
    return {
        "code": "QC-THU", "kind": "regulation", "number": "05/QCPH", "title": "Quy chế thử",
        "area": cast.world.areas["T"].pk, "parties": parties, "signed_on": "", "valid_from": "2026-01-01",
        "valid_to": "", "replaces": "", "source": "", "note": "", **values,
    }  # fmt: skip


def errors(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def test_a_regulation_with_its_parties_is_audited(cast: Cast, admin: Client) -> None:
    response = admin.post(reverse("admin:coordination_regulation_add"), regulation_form(cast))
    assert response.status_code == 302
    made = Regulation.objects.get(code="QC-THU")
    assert {body.code for body in made.parties.all()} == {"TTHDND", "UBND"}
    entries = Entry.objects.filter(verb__startswith="coordination.regulation").order_by("pk")
    assert {entry.actor for entry in entries} == {cast.admin}
    assert entries[0].verb == "coordination.regulation.created"
    assert entries[1].changes["parties"] == [[], sorted([str(cast.world["TTHDND"]), str(cast.world["UBND"])])]


def test_a_regulation_leads_to_its_clauses(cast: Cast, admin: Client) -> None:
    made = clause()
    clause(code="R10")
    page = admin.get(reverse("admin:coordination_regulation_change", args=[made.regulation_id]))
    listed = f"{reverse('admin:coordination_clause_changelist')}?regulation__id__exact={made.regulation_id}"
    new = f"{reverse('admin:coordination_clause_add')}?regulation={made.regulation_id}"
    assert f'<a href="{listed}">2 điều khoản</a>' in page.content.decode()
    assert f'<a href="{new}">Thêm điều khoản</a>' in page.content.decode()
    assert {row.code for row in admin.get(listed).context["cl"].result_list} == {"R09", "R10"}
    form = admin.get(new).context["adminform"].form
    assert form.get_initial_for_field(form.fields["regulation"], "regulation") == str(made.regulation_id)


def test_a_regulation_not_stored_yet_has_no_clauses(admin: Client) -> None:
    page = admin.get(reverse("admin:coordination_regulation_add"))
    assert "Lưu quy chế trước, rồi thêm điều khoản." in page.content.decode()


def test_the_form_of_a_clause_reads_in_the_order_of_its_sentence(admin: Client) -> None:
    page = admin.get(reverse("admin:coordination_clause_change", args=[clause().pk]))
    assert [name for name, _ in page.context["adminform"].fieldsets] == [
        "Điều khoản", "Khi", "Ai phải làm gì với ai", "Trước bao lâu", "Căn cứ",
    ]  # fmt: skip
    form = page.context["adminform"].form
    ticked = {
        name: [str(box.choice_label) for box in form[name] if box.data["selected"]]
        for name in ("event_kinds", "host_kinds", "counterpart_kinds")
    }
    assert ticked == {
        "event_kinds": ["Phiên họp Thường trực HĐND"],
        "host_kinds": ["Thường trực HĐND"],
        "counterpart_kinds": ["Ủy ban nhân dân"],
    }


def clause_form(page: Any, **values: Any) -> dict[str, Any]:
    """What the browser would post back from a page as it was shown."""
    shown = page.context["adminform"].form
    own = {name: shown.get_initial_for_field(field, name) for name, field in shown.fields.items()}
    return {name: "" if value is None else value for name, value in {**own, **values}.items()}


def test_a_changed_clause_is_audited_with_what_changed(cast: Cast, admin: Client) -> None:
    made = clause()
    address = reverse("admin:coordination_clause_change", args=[made.pk])
    posted = clause_form(admin.get(address), event_kinds=["standing_meeting", "session_regular"], lead_days=3)
    response = admin.post(address, posted)
    assert response.status_code == 302, errors(response)
    made.refresh_from_db()
    assert (made.event_kinds, made.lead_days) == (["standing_meeting", "session_regular"], 3)
    entry = Entry.objects.get(verb="coordination.clause.changed")
    assert (entry.actor, entry.changes["lead_days"]) == (cast.admin, [5, 3])


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"counterpart_kinds": []}, "counterpart_kinds", "bắt buộc"),
        ({"host_kinds": []}, "host_kinds", "Chọn ít nhất một mục"),
        ({"event_kinds": ["no_such_event"]}, "event_kinds", "no_such_event"),
        ({"lead_days": "-1"}, "lead_days", ""),
        ({"valid_from": "2019-12-31"}, "valid_from", "ngoài thời gian hiệu lực của quy chế"),
        ({"valid_from": "2026-06-02", "valid_to": "2026-06-01"}, "valid_to", ""),
        ({"code": "R10"}, "__all__", ""),
    ],
)
def test_what_a_clause_may_not_be(admin: Client, values: dict[str, Any], field: str, message: str) -> None:
    made = clause()
    clause(code="R10")
    before = Clause.objects.filter(pk=made.pk).values().get()
    address = reverse("admin:coordination_clause_change", args=[made.pk])
    response = admin.post(address, clause_form(admin.get(address), **values))
    assert response.status_code == 200
    found = errors(response)
    assert list(found) == [field]
    assert message in found[field][0]
    assert Clause.objects.filter(pk=made.pk).values().get() == before


@pytest.mark.parametrize("typed", ["lanh dao UBND", "R09", "QC-05"])
def test_clauses_are_found_without_accents(admin: Client, typed: str) -> None:
    made = clause()
    clause(code="R10", sentence="Mời Thường trực HĐND.")
    made.regulation.number = "QC-05"
    made.regulation.save()
    page = admin.get(reverse("admin:coordination_clause_changelist"), {"q": typed})
    found = {row.code for row in page.context["cl"].result_list}
    assert found == ({"R09", "R10"} if typed == "QC-05" else {"R09"})


def test_a_day_off_entered_in_admin_moves_the_due_day(cast: Cast, admin: Client) -> None:
    clause()
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    form = {"day": "2026-06-24", "reason": "Nghỉ đột xuất", "source": ""}
    assert admin.post(reverse("admin:coordination_calendarexception_add"), form).status_code == 302
    (duty,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert (duty.due_on, CalendarException.objects.count()) == (date(2026, 6, 18), 1)
    assert Entry.objects.get(verb="coordination.calendarexception.created").actor == cast.admin


def test_duties_and_evidence_are_read_only(cast: Cast, admin: Client) -> None:
    clause()
    (duty,) = raise_duties(occasion=occasion(cast.world, title="Phiên họp về đất đai"), actor=cast.secretary)
    settle(
        target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 18), modes=["invite"],
        note="Giấy mời số 31",
    )  # fmt: skip
    change = reverse("admin:coordination_duty_change", args=[duty.pk])
    page = admin.get(change)
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)
    assert "Giấy mời số 31" in page.content.decode()
    refused = (
        admin.get(reverse("admin:coordination_duty_add")),
        admin.post(change, {"due_on": "2026-01-01"}),
        admin.post(reverse("admin:coordination_duty_delete", args=[duty.pk]), {"post": "yes"}),
    )
    assert [response.status_code for response in refused] == [403, 403, 403]
    assert (Duty.objects.get().due_on, Evidence.objects.count()) == (date(2026, 6, 19), 1)
    for typed, count in (("dat dai", 1), ("R09", 1), ("uy ban nhan dan", 1), ("không có", 0)):
        found = admin.get(reverse("admin:coordination_duty_changelist"), {"q": typed})
        assert len(found.context["cl"].result_list) == count, typed
