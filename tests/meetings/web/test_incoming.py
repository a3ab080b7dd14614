"""Pages of invitations that came in: the list, the form that keeps what was typed, the paper with its duties."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.models import Duty
from meetings.models import IncomingInvitation
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(office: Cast, client: Client) -> Client:
    make.clause(
        make.regulation(office.world), "R10", event_kinds=["executive_meeting"], host_kinds=["executive"],
        counterpart_kinds=["standing_committee"],
    )  # fmt: skip
    client.force_login(office.secretary)
    return client


def sent(cast: Cast, **changes: Any) -> dict[str, Any]:
    """The form as the browser sends it."""
    return {
        "organization": cast.world["TTHDND"].pk, "host": cast.world["UBND"].pk, "symbol": "45/GM-UBND",
        "dated_on": "2026-06-11", "received_on": "2026-06-12", "kind": "executive_meeting", "title": "Phiên họp tháng 6",
        "starts_at": "2026-06-26T07:30", "place": "Phòng A", "note": "", **changes,
    }  # fmt: skip


def row(cast: Cast, **values: Any) -> IncomingInvitation:
    """A stored paper without duties."""
    values = {
        "host": cast.world["UBND"], "organization": cast.world["TTHDND"], "kind": "executive_meeting", "title": "Họp UBND",
        "starts_at": make.STARTS_AT, "received_on": make.PLANNED_ON.date(), **values,
    }  # fmt: skip
    return IncomingInvitation.objects.create(**values)


def test_from_paper_to_its_page(office: Cast, desk: Client) -> None:
    answer = desk.post(
        reverse("meetings:incoming_register"), sent(office, file=SimpleUploadedFile("gm.pdf", BLANK))
    )
    made = IncomingInvitation.objects.get()
    assert answer["Location"] == reverse("meetings:incoming_detail", args=[made.pk])
    page = desk.get(answer["Location"])
    text = page.content.decode()
    assert "Giấy mời số 45/GM-UBND ngày 11/06/2026, nhận ngày 12/06/2026" in text
    assert [line.duty for line in page.context["duty_lines"]] == [Duty.objects.get()]
    scan = desk.get(reverse("meetings:incoming_file", args=[made.pk]))
    assert (b"".join(scan.streaming_content), scan["Content-Type"]) == (BLANK, "application/pdf")  # type: ignore[attr-defined]
    assert scan["Content-Disposition"].startswith("inline")


def test_what_was_typed_stays(office: Cast, desk: Client) -> None:
    data = sent(office, title=SCRIPT, received_on="2026-06-30")
    page = desk.post(reverse("meetings:incoming_register"), data)
    text = page.content.decode()
    assert (page.status_code, IncomingInvitation.objects.count()) == (422, 0)
    assert "Ngày nhận chưa tới. Ghi ngày đã nhận giấy mời." in text
    assert SCRIPT not in text
    assert 'value="45/GM-UBND"' in text


def test_a_refused_result_is_said_on_the_page(office: Cast, desk: Client) -> None:
    made = row(office)
    page = desk.post(reverse("meetings:incoming_result", args=[made.pk]), {"result": "khong", "reason": ""})
    assert page.status_code == 422
    assert "Ghi lý do không dự." in page.content.decode()


def test_no_scan_no_page(office: Cast, desk: Client) -> None:
    assert desk.get(reverse("meetings:incoming_file", args=[row(office).pk])).status_code == 404


class TestList:
    @pytest.mark.parametrize(
        ("given", "titles"),
        [
            ({}, ["Rút", "Dự", "Vắng", "Cử", "Chờ"]),
            ({"tim": "cho"}, ["Chờ"]),
            ({"tinh_trang": "cho"}, ["Chờ"]),
            ({"tinh_trang": "cu"}, ["Cử"]),
            ({"tinh_trang": "du"}, ["Dự"]),
            ({"tinh_trang": "khong"}, ["Vắng"]),
            ({"tinh_trang": "rut"}, ["Rút"]),
            ({"khi": "da-qua"}, []),
            ({"loai": "other"}, []),
        ],
    )
    def test_filtered(self, office: Cast, desk: Client, given: dict[str, str], titles: list[str]) -> None:
        marks: list[dict[str, Any]] = [
            {"title": "Chờ"}, {"title": "Cử"}, {"title": "Vắng", "absent_because": "Bận"},
            {"title": "Dự", "attended_on": make.STARTS_AT.date()}, {"title": "Rút", "withdrawn_because": "Vào sổ nhầm"},
        ]  # fmt: skip
        for at, values in enumerate(marks):
            made = row(office, **values, starts_at=make.STARTS_AT + timedelta(days=at))
            if values["title"] == "Cử":
                made.people.add(office.world.people["P02"])
        page = desk.get(reverse("meetings:incoming_list"), given)
        assert [found.title for found in page.context["page"]] == titles

    def test_costs_the_same_for_one_and_for_thirty(self, office: Cast, desk: Client) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(reverse("meetings:incoming_list")).status_code == 200
            return len(captured)

        row(office).people.add(office.world.people["P02"])
        cost()
        one = cost()
        for _ in range(29):
            row(office).people.add(*(office.world.people[code] for code in ("P02", "P03")))
        assert cost() == one
