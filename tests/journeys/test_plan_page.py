"""The planning page in a real browser: saved as one types, redrawn part by part, nothing typed lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from coordination.demo import load_regulations
from councils.demo import load_accounts, load_bodies
from councils.models import Organization, User
from documents.demo import load_issuers
from hdnd.lib import clock
from meetings.models import Meeting
from meetings.services.planning import ItemInput, PlanInput, create_meeting
from tests.journeys.test_main_job import sign_in


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    """A plan of the demo's standing committee a month from now, on a working morning or not."""
    load_bodies()
    load_accounts()
    load_regulations()
    load_issuers()
    plan = PlanInput(
        kind="standing_meeting", title="Phiên họp tháng", place="Phòng họp số 2",
        starts_at=clock.at_time(clock.today() + timedelta(days=30), 8),
        agenda=(ItemInput("Báo cáo tháng", "report"), ItemInput("Việc khác", "other")),
    )  # fmt: skip
    return create_meeting(
        actor=User.objects.get(username="thuky"),
        host=Organization.objects.select_related("area").get(code="TTHDND"),
        plan=plan,
    )


def first_item(page: Any) -> str:
    return str(page.locator(".agenda td").nth(1).inner_text().split("\n")[0].strip())


def test_nothing_typed_is_lost(live_server: Any, new_page: Callable[..., Any], meeting: Meeting) -> None:
    page = new_page()
    sign_in(page, "thuky")
    page.goto(f"/cuoc-hop/{meeting.pk}/ke-hoach/")

    # What is typed saves itself, and the title above follows.
    page.fill("[name=title]", "Phiên họp tháng, mở rộng")
    page.locator("[name=note]").focus()
    page.locator("#plan-title").get_by_text("Phiên họp tháng, mở rộng").wait_for()
    page.locator("#plan-saved").get_by_text("đã lưu lúc").wait_for()
    assert (page.input_value("[name=version]"), Meeting.objects.get().title) == (
        "2",
        "Phiên họp tháng, mở rộng",
    )

    # A half-typed note and a half-typed item outlive a change of the agenda.
    page.locator("[name=note]").press_sequentially("Mang theo hồ sơ")
    page.get_by_text("Thêm nội dung", exact=True).click()
    page.fill("[name=nd-title]", "Nội dung nháp")
    page.get_by_label("Đưa nội dung 2 lên").click()
    page.get_by_label("Đưa nội dung 1 xuống").wait_for()
    page.locator(".agenda tr").first.get_by_text("Việc khác").wait_for()
    assert (page.input_value("[name=note]"), page.input_value("[name=nd-title]")) == (
        "Mang theo hồ sơ", "Nội dung nháp",
    )  # fmt: skip

    # Taken off only after being asked.
    page.get_by_label("Bỏ nội dung 1", exact=True).click()
    page.locator("#confirm").get_by_role("button", name="Bỏ").click()
    page.locator("#plan-totals").get_by_text("1 nội dung").wait_for()
    assert first_item(page) == "Báo cáo tháng"


def test_two_secretaries_see_both_versions(
    live_server: Any, new_page: Callable[..., Any], meeting: Meeting
) -> None:
    one, other = new_page(), new_page({"width": 360, "height": 740})
    for page in (one, other):
        sign_in(page, "thuky")
        page.goto(f"/cuoc-hop/{meeting.pk}/ke-hoach/")
    assert other.evaluate("document.documentElement.scrollWidth") == 360
    one.fill("[name=place]", "Hội trường A")
    one.get_by_role("button", name="Lưu", exact=True).click()
    one.locator("#plan-saved").get_by_text("đã lưu lúc").wait_for()

    other.fill("[name=place]", "Phòng họp số 3")
    other.get_by_role("button", name="Lưu", exact=True).click()
    other.get_by_text("Cuộc họp vừa được").wait_for()
    assert [cell.strip() for cell in other.locator("#plan-time tbody tr > *").all_inner_texts()] == [
        "Địa điểm", "Hội trường A", "Phòng họp số 3",
    ]  # fmt: skip
    assert Meeting.objects.get().place == "Hội trường A"
    other.get_by_role("button", name="Lưu", exact=True).click()
    other.locator("#plan-time tbody").wait_for(state="detached")
    assert (Meeting.objects.get().place, other.input_value("[name=place]")) == ("Phòng họp số 3",) * 2
