"""The pages of the weekly calendar."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.paper.word import WORD
from hdnd.lib import clock
from tests.cast import Cast
from tests.meetings import factories
from workbench.models import WorkWeek, WorkWeekEdition, WorkWeekLine
from workbench.services.weeks import publish_week

NOW = datetime(2026, 6, 19, 15, 0, tzinfo=clock.VIETNAM)
MONDAY = date(2026, 6, 22)


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


@pytest.fixture
def week(cast: Cast, client: Client) -> WorkWeek:
    """Next week of TTHDND; its secretary is signed in."""
    factories.issuer(cast.world["TTHDND"])
    client.force_login(cast.secretary)
    return WorkWeek.objects.create(organization=cast.world["TTHDND"], monday=MONDAY)


def words(response: Any) -> list[str]:
    """The notices of the page that is shown next."""
    return [str(message) for message in response.context["messages"]]


def test_from_the_desk_to_a_published_calendar(cast: Cast, client: Client, week: WorkWeek) -> None:
    home = client.get("/").content.decode()
    assert "Hôm nay công bố lịch công tác tuần sau, từ thứ Hai, 22/06/2026." in home
    opened = client.post("/lich/cong-tac-tuan/soan/", {"monday": "2026-06-22"})
    assert opened["Location"] == f"/lich/cong-tac-tuan/{week.pk}/"
    data = {"day": "2026-06-23", "session": "chieu", "at": "14:00", "content": "Đi cơ sở", "chair": "Lâm"}
    added = client.post(f"/lich/cong-tac-tuan/{week.pk}/them/", data, follow=True)
    assert words(added) == ["Đã thêm vào lịch."]
    published = client.post(f"/lich/cong-tac-tuan/{week.pk}/cong-bo/", follow=True)
    assert words(published) == [
        "Đã công bố bản đầu, gửi thư tới 0 thành viên. 7 thành viên chưa có địa chỉ thư: cần gửi bản giấy."
    ]
    assert "Hôm nay công bố" not in client.get("/").content.decode()

    edition = WorkWeekEdition.objects.get()
    client.force_login(cast.delegate)
    page = client.get(f"/lich/cong-tac-tuan/{week.pk}/").content.decode()
    assert f'src="/lich/cong-tac-tuan/ban/{edition.pk}/lich.pdf"' in page
    assert "Thêm vào lịch" not in page
    pdf, docx = (client.get(f"/lich/cong-tac-tuan/ban/{edition.pk}/lich.{kind}") for kind in ("pdf", "docx"))
    assert (pdf["Content-Type"], docx["Content-Type"]) == ("application/pdf", WORD)
    assert docx["Content-Disposition"] == 'attachment; filename="lich-cong-tac-tuan-2026-06-22-ban-1.docx"'


def test_what_was_refused_stays_typed(client: Client, week: WorkWeek) -> None:
    data = {"day": "2026-06-23", "session": "sang", "at": "14:00", "content": "Đi cơ sở xã Phú Lộc"}
    response = client.post(f"/lich/cong-tac-tuan/{week.pk}/them/", data)
    assert response.status_code == 422
    assert response.context["line_form"].errors == {
        "at": ["14:00 không thuộc buổi đã chọn. Sửa giờ hoặc chọn buổi khác."]
    }
    assert 'value="Đi cơ sở xã Phú Lộc"' in response.content.decode()
    assert WorkWeekLine.objects.count() == 0
    for bad in (
        {"day": "2026-07-01"},
        {"day": "x"},
        {"content": ""},
        {"content": "x" * 501},
        {"session": "toi"},
    ):
        assert client.post(f"/lich/cong-tac-tuan/{week.pk}/them/", data | {"at": ""} | bad).status_code == 422
    assert WorkWeekLine.objects.count() == 0


def test_a_line_is_changed_on_its_own_form(client: Client, week: WorkWeek) -> None:
    line = WorkWeekLine.objects.create(week=week, day=MONDAY, session="sang", content="Trực")
    form = client.get(f"/lich/cong-tac-tuan/dong/{line.pk}/").context["line_form"]
    assert (form.initial["content"], form.initial["day"]) == ("Trực", "2026-06-22")
    data = {"day": "2026-06-24", "session": "sang", "content": "Trực cả buổi"}
    client.post(f"/lich/cong-tac-tuan/dong/{line.pk}/", data)
    line.refresh_from_db()
    assert (line.day, line.content) == (date(2026, 6, 24), "Trực cả buổi")
    client.post(f"/lich/cong-tac-tuan/dong/{line.pk}/bo/")
    assert not WorkWeekLine.objects.exists()


def test_a_meeting_is_left_out_by_a_press(cast: Cast, client: Client, week: WorkWeek) -> None:
    meeting = factories.meeting(cast.world, starts_at=clock.at_time(MONDAY, 8))
    address = f"/lich/cong-tac-tuan/{week.pk}/cuoc-hop/"
    assert client.post(address, {"meeting": meeting.pk}).status_code == 302
    assert list(week.hidden.all()) == [meeting]
    assert client.post(address, {"meeting": meeting.pk, "shown": "1"}).status_code == 302
    assert list(week.hidden.all()) == []
    # Another council's meeting, and what is no number, do not exist here.
    foreign = factories.meeting(cast.world, host="X01-TT", chair=None, starts_at=clock.at_time(MONDAY, 8))
    for asked in (foreign.pk, "x", ""):
        assert client.post(address, {"meeting": asked}).status_code == 404


def test_a_week_of_no_sense_is_asked_for_again(client: Client, week: WorkWeek) -> None:
    for day in ("2020-01-01", "hôm qua", "", "9999-12-31"):
        response = client.post("/lich/cong-tac-tuan/soan/", {"monday": day})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["monday"])
    assert WorkWeek.objects.count() == 1


def test_the_page_says_when_the_published_calendar_is_out_of_date(
    cast: Cast, client: Client, week: WorkWeek
) -> None:
    def page() -> str:
        return client.get(f"/lich/cong-tac-tuan/{week.pk}/").content.decode()

    publish_week(actor=cast.secretary, week=week)
    assert "Công bố bản cập nhật" not in page()
    factories.meeting(cast.world, starts_at=clock.at_time(MONDAY, 8))
    assert "Lịch đã thay đổi so với bản đầu." in page()
    assert "Công bố bản cập nhật" in page()


def test_the_list_takes_the_same_queries_for_one_and_for_many(
    cast: Cast, client: Client, week: WorkWeek
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/lich/cong-tac-tuan/").status_code == 200
        return len(captured)

    def published(made: WorkWeek) -> None:
        WorkWeekEdition.objects.create(
            week=made, number=1, pdf="x", docx="x", sha256="0" * 64, content_sha256="0" * 64
        )

    published(week)
    count()
    one = count()
    for step in range(1, 30):
        published(
            WorkWeek.objects.create(organization=week.organization, monday=MONDAY + timedelta(weeks=step))
        )
    assert count() == one


def test_weeks_are_found_by_a_day_and_by_being_published(cast: Cast, client: Client, week: WorkWeek) -> None:
    later = WorkWeek.objects.create(organization=week.organization, monday=MONDAY + timedelta(weeks=1))
    publish_week(actor=cast.secretary, week=later)

    def found(query: str) -> list[WorkWeek]:
        return list(client.get(f"/lich/cong-tac-tuan/?{query}").context["page"])

    assert found("") == [later, week]
    assert found("ngay=2026-06-28") == [week]
    assert found("cong_bo=roi") == [later]
    assert found("cong_bo=chua") == [week]
