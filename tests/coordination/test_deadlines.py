"""Terms of the law as dated rows: the data, the command, the pages, admin."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import CalendarException, Deadline
from coordination.queries import deadline_on, explain
from coordination.services import load_deadlines
from coordination.services.deadlines import told_deadlines
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LIST = reverse("coordination:deadline_list")
CALCULATOR = reverse("coordination:deadline_calculator")


def run(*words: str) -> dict[str, Any]:
    out = StringIO()
    call_command("explain_deadline", *words, "--json", stdout=out)
    told: dict[str, Any] = json.loads(out.getvalue())
    return told


class TestData:
    def test_a_fresh_install_holds_all_of_them(self) -> None:
        stored = Deadline.objects.order_by("pk").values_list("code", "valid_from", "value", "unit")
        told = [(row["code"], row["valid_from"], row["value"], row["unit"]) for row in told_deadlines()]
        assert list(stored) == told
        assert {code[:3] for code, *_ in told} == {f"D{number:02}" for number in range(1, 26)}

    def test_every_row_keeps_the_rules_and_names_its_source(self) -> None:
        for row in Deadline.objects.all():
            row.full_clean()
            assert row.source, row.code
            assert row.search == Deadline.objects.get(pk=row.pk).search

    def test_loading_adds_what_is_missing_and_nothing_else(self) -> None:
        Deadline.objects.filter(code__in=["D13", "D14"]).delete()
        Deadline.objects.filter(code="D02").update(value=8)
        assert (load_deadlines(), load_deadlines()) == (2, 0)
        assert set(Deadline.objects.filter(code="D02").values_list("value", flat=True)) == {8}
        assert Entry.objects.filter(verb="coordination.deadline.created", actor=None).count() == 2

    @pytest.mark.parametrize(
        ("code", "day", "value"),
        [
            ("D02", date(2021, 2, 23), 10),
            ("D02", date(2025, 2, 28), 10),
            ("D02", date(2025, 6, 16), 7),
            ("d02 ", date(2026, 7, 1), 7),
            ("D01", date(2026, 7, 14), 20),
            ("D13", date(2025, 2, 19), None),
            ("D22", date(2026, 3, 1), 15),
        ],
    )
    def test_the_row_of_the_day(self, code: str, day: date, value: int | None) -> None:
        found = deadline_on(code, day)
        assert (found and found.value) == value

    def test_two_rows_of_a_code_may_not_hold_at_once(self) -> None:
        old = Deadline.objects.get(code="D13")
        new = Deadline(
            code="D13", title="Mới", value=3, unit="wd", direction="after", anchor="ngày nhận", source="Luật mới",
            valid_from=date(2027, 1, 1),
        )  # fmt: skip
        with pytest.raises(ValidationError, match="Nhập “đến hết ngày” cho dòng cũ"):
            new.full_clean()
        old.valid_to = date(2026, 12, 31)
        old.save()
        new.full_clean()
        new.save()
        assert [deadline_on("D13", day).value for day in (date(2026, 12, 31), date(2027, 1, 1))] == [5, 3]  # type: ignore[union-attr]


class TestCommand:
    def test_d13_over_tet(self) -> None:
        told = run("--clause", "D13", "--from", "2026-02-12")
        assert told["due_on"] == "2026-02-26"
        assert told["skipped"][0] == {"date": "2026-02-14", "why": "thứ Bảy"}
        assert [row["date"][-2:] for row in told["skipped"]] == [str(day) for day in range(14, 23)]
        assert told["source"].endswith("Điều 32")
        assert told["explanation"].startswith(
            "5 ngày làm việc sau thứ Năm, 12/02/2026; không tính T.7 14/02/2026"
        )

    @pytest.mark.parametrize(
        ("words", "due"),
        [
            (("--clause", "D11", "--from", "15/06/2026"), "2026-07-15"),
            (("--clause", "D01", "--from", "2026-07-14"), "2026-06-24"),
            (("--clause", "D12", "--from", "2026-07-14"), "2026-06-14"),
            (("--clause", "D16", "--from", "2026-07-14"), "2026-07-04"),
            (("--clause", "D15", "--from", "2026-03-01"), "2026-03-01"),
            (("--clause", "D18", "--from", "2026-08-03"), "2026-08-18"),
            (("--clause", "D23", "--from", "2026-11-30"), "2026-11-06"),
            (("--days", "5", "--unit", "wd", "--from", "2026-09-07", "--before"), "2026-08-26"),
            (("--days", "30", "--unit", "d", "--from", "2026-08-01"), "2026-09-03"),
            (("--days", "5", "--from", "2027-02-01"), "2027-02-15"),
        ],
    )  # fmt: skip
    def test_due_days(self, words: tuple[str, ...], due: str) -> None:
        assert run(*words)["due_on"] == due

    def test_a_new_day_off_counts_at_once(self) -> None:
        CalendarException.objects.create(day=date(2026, 2, 24), is_working=False, reason="Nghỉ bù")
        told = run("--clause", "D13", "--from", "2026-02-12")
        assert (told["due_on"], told["skipped"][-1]) == (
            "2026-02-27",
            {"date": "2026-02-24", "why": "Nghỉ bù"},
        )

    def test_words_for_people(self) -> None:
        out = StringIO()
        call_command("explain_deadline", "--clause", "D11", "--from", "2026-06-04", stdout=out)
        assert "Hạn: thứ Hai, 06/07/2026" in out.getvalue()
        assert "Điều 148 khoản 5" in out.getvalue()

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            (("--clause", "D131", "--from", "2026-02-12"), r"Không có thời hạn mã “D131”. Gần nhất: D13"),
            (("--clause", "D13", "--from", "2024-02-12"), "chỉ có từ 20/02/2025"),
            (("--clause", "D13", "--from", "30/02/2026"), "Không có ngày 30 tháng 2"),
            (("--clause", "D13", "--from", ""), "Ghi ngày mốc sau --from"),
            (("--from", "2026-02-12"), "đúng một trong hai"),
            (("--clause", "D13", "--days", "5", "--from", "2026-02-12"), "đúng một trong hai"),
            (("--clause", "D13", "--before", "--from", "2026-02-12"), "mã thời hạn đã nói rõ"),
            (("--days", "-1", "--from", "2026-02-12"), "từ 0 đến 3660"),
            (("--days", "5", "--unit", "tuần", "--from", "2026-02-12"), "--unit"),
        ],
    )
    def test_what_it_refuses(self, words: tuple[str, ...], message: str) -> None:
        with pytest.raises(CommandError, match=message):
            run(*words)

    def test_the_setting(self, settings: Any) -> None:
        settings.MOVE_DUE_DAYS = False
        told = run("--clause", "D11", "--from", "2026-06-04")
        assert (told["due_on"], told["day_off"], told["moved_from"]) == ("2026-07-04", "thứ Bảy", None)


def test_a_table_of_days_off_that_leaves_nothing_is_said(cast: Cast) -> None:
    rows = [
        CalendarException(day=date(2026, 6, 1) + timedelta(days=step), reason="Nghỉ") for step in range(70)
    ]
    CalendarException.objects.bulk_create(rows)
    with pytest.raises(DomainError, match="Quản trị hệ thống sửa bảng"):
        explain("D13", date(2026, 6, 1))
    with pytest.raises(CommandError, match="Quản trị hệ thống sửa bảng"):
        run("--clause", "D13", "--from", "2026-06-01")


class TestList:
    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ({"tim": "chat van", "ngay": ""}, ["D21", "D21"]),
            ({"tim": "chat van"}, ["D21"]),
            ({"tim": "D01", "ngay": "2025-03-01"}, ["D01"]),
            ({"tim": "Triệu tập chuyên đề", "ngay": "2026-07-14"}, ["D02"]),
            ({"tim": "D13"}, ["D13", "D13B"]),
            (
                {"tin_cay": "low", "ngay": "2026-07-14"},
                ["D02", "D04", "D05", "D12", "D15", "D16", "D17", "D18", "D19", "D21"],
            ),
        ],
    )
    def test_filters(self, cast: Cast, client: Client, query: dict[str, str], codes: list[str]) -> None:
        client.force_login(cast.agency)
        page = client.get(LIST, query).context["page"]
        assert [row.code for row in page.object_list] == codes

    def test_as_many_queries_for_30_as_for_one(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.secretary)

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(LIST).status_code == 200
            return len(captured)

        many = count()
        Deadline.objects.exclude(code="D13").delete()
        assert (count(), Deadline.objects.count()) == (many, 1)

    def test_export(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.partner)
        lines = client.get(LIST, {"xuat": "csv", "tim": "D13B"}).content.decode("utf-8-sig").splitlines()
        assert lines[0] == "Mã,Việc phải làm,Thời hạn,Căn cứ,Độ tin cậy,Hiệu lực"
        assert "3 ngày làm việc trước ngày tiếp xúc cử tri" in lines[1]
        assert lines[1].endswith("chắc chắn,20/02/2025")


class TestCalculator:
    def test_a_term_of_the_law(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.delegate)
        page = client.get(CALCULATOR, {"thoi_han": "D13", "ngay": "2026-02-12"})
        assert (page.context["due"].on, page.context["deadline"].code) == (date(2026, 2, 26), "D13")
        content = page.content.decode()
        assert "thứ Năm, 26/02/2026" in content
        assert '<td class="skipped" title="Tết Nguyên Đán">17<span class="visually-hidden">' in content
        assert '<td class="due">26<span class="visually-hidden">, hạn</span>' in content

    def test_any_term(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.delegate)
        asked = {"so_ngay": "5", "don_vi": "wd", "chieu": "before", "ngay": "2026-09-07"}
        assert client.get(CALCULATOR, asked).context["due"].on == date(2026, 8, 26)

    def test_it_opens_with_today_and_no_answer(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.delegate)
        with clock.at(clock.at_time(date(2026, 6, 1), 8)):
            page = client.get(CALCULATOR)
        assert 'value="2026-06-01"' in page.content.decode()
        assert "due" not in page.context

    @pytest.mark.parametrize(
        ("asked", "field", "message"),
        [
            ({"thoi_han": "D13", "ngay": "2024-01-05"}, "ngay", "chỉ có từ 20/02/2025"),
            ({"thoi_han": "D13", "ngay": ""}, "ngay", "Chọn ngày mốc."),
            ({"thoi_han": "D13", "ngay": "2026-02-30"}, "ngay", "Ngày mốc phải là một ngày có thật."),
            ({"thoi_han": "D99", "ngay": "2026-02-12"}, "thoi_han", "Không có thời hạn này."),
            ({"so_ngay": "", "ngay": "2026-02-12"}, "so_ngay", "Nhập số ngày, hoặc chọn một thời hạn"),
            ({"so_ngay": "-3", "ngay": "2026-02-12"}, "so_ngay", "Số ngày không được âm"),
            ({"so_ngay": "99999", "ngay": "2026-02-12"}, "so_ngay", "Số ngày không quá 3660."),
            ({"so_ngay": "3660", "ngay": "9999-12-01"}, "__all__", "ra ngoài lịch"),
        ],
    )
    def test_what_it_refuses(
        self, cast: Cast, client: Client, asked: dict[str, str], field: str, message: str
    ) -> None:
        client.force_login(cast.delegate)
        page = client.get(CALCULATOR, asked)
        assert page.status_code == 200
        assert "due" not in page.context
        assert list(page.context["form"].errors) == [field]
        assert message in page.context["form"].errors[field][0]
        assert message in page.content.decode()


def test_a_number_is_changed_in_admin_with_audit(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    row = Deadline.objects.get(code="D02", valid_to=None)
    address = reverse("admin:coordination_deadline_change", args=[row.pk])
    shown = client.get(address).context["adminform"].form
    posted = {name: shown.get_initial_for_field(field, name) or "" for name, field in shown.fields.items()}
    assert client.post(address, {**posted, "value": 10, "confidence": "high"}).status_code == 302
    row.refresh_from_db()
    assert row.value == 10
    entry = Entry.objects.get(verb="coordination.deadline.changed")
    assert (entry.actor, entry.changes) == (cast.admin, {"value": [7, 10], "confidence": ["low", "high"]})
    refused = client.post(address, {**posted, "value": 99_999})
    assert "Số ngày không quá 3660." in refused.context["adminform"].form.errors["value"]
