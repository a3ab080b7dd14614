"""Phối hợp in the browser: who sees which duties, search, export, waiving."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from coordination.models import Clause, Duty, Regulation
from coordination.services import raise_duties, settle, waive
from hdnd.audit.models import Entry
from hdnd.lib import clock
from tests.cast import Cast
from tests.coordination.test_duties import REASON, clause, occasion

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(cast: Cast) -> Duty:
    clause()
    (made,) = raise_duties(
        occasion=occasion(cast.world, title="Phiên họp về <script>alert(1)</script> đất đai"),
        actor=cast.secretary,
    )
    return made


def test_both_sides_see_it_and_nobody_else(cast: Cast, client: Client, duty: Duty) -> None:
    address = reverse("coordination:duty_detail", args=[duty.pk])
    seen = {}
    for name in ("secretary", "leader", "delegate", "partner", "agency", "outsider", "admin"):
        client.force_login(getattr(cast, name))
        seen[name] = client.get(address).status_code
    assert seen == {
        "secretary": 200, "leader": 200, "delegate": 200, "partner": 200, "agency": 404, "outsider": 404, "admin": 200,
    }  # fmt: skip


@pytest.mark.parametrize(("typed", "count"), [("dat dai", 1), ("ĐẤT", 1), ("không có", 0), ("", 1)])
def test_search_without_accents(cast: Cast, client: Client, duty: Duty, typed: str, count: int) -> None:
    client.force_login(cast.secretary)
    page = client.get(reverse("coordination:duty_list"), {"tim": typed})
    assert page.context["page"].paginator.count == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"ben": "no"}, 1),
        ({"ben": "duoc"}, 0),
        ({"trang_thai": "met"}, 0),
        ({"dieu_khoan": "R09"}, 1),
        ({"dieu_khoan": "R09", "ben": "duoc"}, 0),
        ({"nam": "2026"}, 1),
        ({"nam": "2025"}, 0),
        ({"su_kien": "standing_meeting"}, 1),
        ({"su_kien": "session_regular"}, 0),
    ],
)
def test_filters(cast: Cast, client: Client, duty: Duty, query: dict[str, str], count: int) -> None:
    client.force_login(cast.secretary)
    page = client.get(reverse("coordination:duty_list"), query)
    assert page.context["page"].paginator.count == count


def test_the_sides_change_with_who_asks(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.partner)
    found = [
        client.get(reverse("coordination:duty_list"), {"ben": side}).context["page"].paginator.count
        for side in ("no", "duoc")
    ]
    assert found == [0, 1]


@pytest.mark.parametrize(("asked", "count"), [("Q", 1), ("Q2", 0)])
def test_filter_by_regulation(cast: Cast, client: Client, duty: Duty, asked: str, count: int) -> None:
    other = Regulation.objects.create(code="Q2", title="Quy chế khác", valid_from=date(2026, 1, 1))
    duty.clause.pk, duty.clause.regulation = None, other
    duty.clause.save()
    client.force_login(cast.secretary)
    asked_for = {"quy_che": Regulation.objects.get(code=asked).pk}
    page = client.get(reverse("coordination:duty_list"), asked_for)
    assert page.context["page"].paginator.count == count


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2026, 6, 18), "upcoming"), (date(2026, 6, 19), "due"), (date(2026, 6, 26), "due"), (date(2026, 6, 27), "missed")],
)  # fmt: skip
def test_filter_by_state_goes_by_the_day(
    cast: Cast, client: Client, duty: Duty, today: date, state: str
) -> None:
    client.force_login(cast.secretary)
    with clock.at(clock.at_time(today, 12)):
        found = {
            name: client.get(reverse("coordination:duty_list"), {"trang_thai": name})
            .context["page"]
            .paginator.count
            for name in ("upcoming", "due", "missed")
        }
    assert found == {**dict.fromkeys(("upcoming", "due", "missed"), 0), state: 1}


def test_the_list_of_another_council_is_empty(cast: Cast, client: Client, duty: Duty) -> None:
    for person in (cast.outsider, cast.agency):
        client.force_login(person)
        assert client.get(reverse("coordination:duty_list")).context["page"].paginator.count == 0


def test_scripts_are_text(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    for address in (reverse("coordination:duty_list"), reverse("coordination:duty_detail", args=[duty.pk])):
        content = client.get(address).content.decode()
        assert "<script>alert(1)</script>" not in content
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_a_list_of_30_takes_as_many_queries_as_one(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_list")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    count()
    few = count()
    for index in range(30):
        clause(code=f"C{index}")
    raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    assert (count(), Duty.objects.count()) == (few, 31)


def test_exports(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    text = client.get(reverse("coordination:duty_list"), {"xuat": "csv"}).content.decode("utf-8-sig")
    assert text.splitlines()[0] == "Hạn,Sự kiện,Điều khoản,Bên phải làm,Việc,Bên được hưởng,Trạng thái"
    assert "19/06/2026" in text


def test_export_as_a_spreadsheet(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    with clock.at(clock.at_time(date(2026, 6, 19), 12)):
        exported = client.get(reverse("coordination:duty_list"), {"xuat": "xlsx"}).content
    rows = list(load_workbook(BytesIO(exported)).active.values)
    assert rows[0][:3] == ("Hạn", "Sự kiện", "Điều khoản")
    assert rows[1][2:] == (
        "R09, Quy chế, Điều 7", str(duty.debtor), "mời", str(duty.creditor), "đến hạn",
    )  # fmt: skip
    assert len(rows) == 2


def test_a_void_duty_shows_why_and_takes_no_waiver(cast: Cast, client: Client) -> None:
    clause(counterpart_kinds=["party_caucus"])
    (void,) = raise_duties(occasion=occasion(cast.world), actor=cast.secretary)
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_detail", args=[void.pk])
    shown = client.get(address)
    assert "không có Đảng đoàn" in shown.content.decode()
    assert shown.context["form"] is None
    refused = client.post(address, {"reason": REASON})
    assert refused.status_code == 422
    assert refused.context["form"].errors["reason"] == [
        "Nghĩa vụ này không phát sinh nên không có gì để miễn."
    ]
    assert "không có gì để miễn" in refused.content.decode()


def test_a_waiver_is_taken_back_although_evidence_came(cast: Cast, client: Client, duty: Duty) -> None:
    waive(actor=cast.secretary, duty=duty, reason=REASON)
    settle(target=cast.world["TTHDND"], kind="invitation_issued", on=date(2026, 6, 18), modes=["invite"])
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_detail", args=[duty.pk])
    assert client.get(address).context["form"] is not None
    assert client.post(address, {"reason": ""}).status_code == 302
    assert Duty.objects.get().state_on(date(2026, 6, 30)) == "met"
    assert client.get(address).context["form"] is None


def test_an_empty_reason_is_asked_for_and_writes_nothing(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_detail", args=[duty.pk])
    entries = Entry.objects.count()
    for sent in ({"reason": ""}, {"reason": "   "}, {}):
        refused = client.post(address, sent)
        assert refused.status_code == 422
        assert refused.context["form"].errors["reason"] == ["Ghi lý do."]
    client.force_login(cast.partner)  # sees it, and is refused whatever is sent
    assert client.post(address, {"reason": ""}).status_code == 403
    assert (Duty.objects.get().waived_reason, Entry.objects.count()) == ("", entries)


def test_the_detail_says_why_by_when_and_what_happened(cast: Cast, client: Client, duty: Duty) -> None:
    Clause.objects.update(source="Công báo số 7")
    client.force_login(cast.partner)
    page = client.get(reverse("coordination:duty_detail", args=[duty.pk]))
    content = page.content.decode()
    for said in ("Mời lãnh đạo UBND.", "Nguồn: Công báo số 7", "5 ngày làm việc trước thứ Sáu, 26/06/2026"):
        assert said in content
    assert [entry.in_words for entry in page.context["timeline"]] == ["Phát sinh nghĩa vụ"]


def test_waiving_in_the_browser(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.secretary)
    address = reverse("coordination:duty_detail", args=[duty.pk])
    refused = client.post(address, {"reason": "bận"})
    assert (refused.status_code, refused.context["form"]["reason"].value()) == (422, "bận")
    assert "quá ngắn" in refused.content.decode()
    assert client.post(address, {"reason": REASON}).status_code == 302
    assert Duty.objects.get().waived_reason == REASON
    client.force_login(cast.partner)
    assert client.post(address, {"reason": ""}).status_code == 403


def test_regulations_are_shown_with_their_clauses(cast: Cast, client: Client, duty: Duty) -> None:
    client.force_login(cast.partner)
    listed = client.get(reverse("coordination:regulation_list")).content.decode()
    assert "1 điều khoản" in listed
    detail = client.get(
        reverse("coordination:regulation_detail", args=[duty.clause.regulation_id])
    ).content.decode()
    assert "Mời lãnh đạo UBND." in detail
    assert date(2020, 1, 1).strftime("%d/%m/%Y") in detail


def test_a_regulation_names_what_replaced_it(cast: Cast, client: Client, duty: Duty) -> None:
    old = duty.clause.regulation
    new = Regulation.objects.create(
        code="Q2", title="Quy chế mới", number="02/QC", valid_from=date(2026, 7, 1), replaces=old
    )
    client.force_login(cast.secretary)
    addresses = {row: reverse("coordination:regulation_detail", args=[row.pk]) for row in (old, new)}
    assert (
        f'<dt>Được thay thế bởi</dt><dd><a href="{addresses[new]}">Quy chế phối hợp 02/QC</a>, từ 01/07/2026</dd>'
        in client.get(addresses[old]).content.decode()
    )
    assert "Được thay thế bởi" not in client.get(addresses[new]).content.decode()


@pytest.mark.parametrize(
    ("valid_to", "said"), [(date(2026, 6, 26), "đang áp dụng"), (date(2026, 6, 25), "không áp dụng")]
)
def test_a_clause_in_force_or_not_today(
    cast: Cast, client: Client, duty: Duty, valid_to: date, said: str
) -> None:
    Clause.objects.update(valid_to=valid_to)
    client.force_login(cast.secretary)
    address = reverse("coordination:regulation_detail", args=[duty.clause.regulation_id])
    with clock.at(clock.at_time(date(2026, 6, 26), 8)):
        content = client.get(address).content.decode()
    assert [word in content for word in ("đang áp dụng", "không áp dụng")] == [
        word == said for word in ("đang áp dụng", "không áp dụng")
    ]
