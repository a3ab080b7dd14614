"""A partner's liaison with invitations from five hosts: one list, who goes, answered once; the secretary sees all of it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from councils.choices import RoleKind
from councils.models import Organization, Role, User
from hdnd.lib import clock
from meetings.models import Invitation, Meeting, PaperRead
from meetings.services.agenda_papers import add_paper
from meetings.services.inviting import issue_invitations
from meetings.services.planning import ItemInput, PlanInput, create_meeting, invite_by_hand
from tests.blank_pdf import BLANK
from tests.conftest import PHONE
from tests.journeys.test_main_job import sign_in
from tests.smtp import Sink, parts_of

# host, days until the meeting, days until the answer is asked for
HOSTS = (("TTHDND", 30, 25), ("MTTQ", 12, None), ("DDBQH", 20, 3), ("X01-TT", 9, 5), ("HDND", 40, None))
WAITING = ["Họp của DDBQH", "Họp của X01-TT", "Họp của MTTQ", "Họp của TTHDND", "Họp của HDND"]


@pytest.fixture
def five(demo_province: None) -> dict[str, Meeting]:
    """Five hosts of the demo invite UBND; the first puts a paper to its agenda."""
    made = {code: invited(code, days, until) for code, days, until in HOSTS}
    first = made["TTHDND"]
    item = first.agenda.get()
    secretary = User.objects.get(username="thuky")
    add_paper(actor=secretary, item=item, title="Tờ trình", file_name="to-trinh.pdf", content=BLANK)
    return made


def invited(code: str, days: int, until: int | None) -> Meeting:
    """An issued meeting of the host with UBND on its list."""
    host = Organization.objects.select_related("area").get(code=code)
    body = Organization.objects.get(pk=host.family_root_id)
    role = Role.objects.filter(
        organization__in=[host, body], kind__in=[RoleKind.SECRETARY, RoleKind.LIAISON]
    ).first()
    actor = role.user if role else User.objects.get(username="thuky")
    plan = PlanInput(
        kind="other", title=f"Họp của {code}", place="Phòng họp số 2",
        starts_at=clock.at_time(clock.today() + timedelta(days=days), 8),
        answer_by=clock.at_time(clock.today() + timedelta(days=until), 17) if until else None,
        agenda=(ItemInput("Báo cáo", "report"),),
    )  # fmt: skip
    meeting = create_meeting(actor=actor, host=host, plan=plan)
    invite_by_hand(actor=actor, meeting=meeting, organization=Organization.objects.get(code="UBND"))
    issue_invitations(actor=actor, meeting=meeting)
    return meeting


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("table.list tbody th a").all_inner_texts()]


def assigned(page: Any) -> None:
    """Answers one of five on a phone: the chair from the list, another typed on a further line."""
    page.get_by_role("row").filter(has_text="Họp của TTHDND").get_by_role(
        "link", name="Trả lời, cử người"
    ).click()
    page.get_by_role("radio", name="Dự", exact=True).check()
    page.locator("#id_seat-ts-control").click()
    page.locator("#id_seat-ts-dropdown .option[data-selectable]").filter(has_text="Chủ tịch").nth(0).click()
    page.get_by_label("Đăng ký ăn trưa").check()
    page.get_by_text("Thêm người đi cùng").click()
    page.get_by_role("button", name="Thêm một dòng").click()
    page.get_by_label("Họ tên người đi cùng").nth(1).wait_for()
    assert page.get_by_role("radio", name="Dự", exact=True).is_checked()
    page.get_by_label("Họ tên người đi cùng").nth(0).fill("Lý Văn Sơn")
    page.get_by_label("Chức danh").nth(0).fill("Chánh Văn phòng")
    page.get_by_role("textbox", name="Điện thoại", exact=True).nth(0).fill("0912 000 222")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Gửi trả lời").click()
    page.get_by_text("Đã ghi trả lời").wait_for()


def read(partner: Any, meeting: Meeting) -> None:
    """The paper opens with one touch, is new until then, and leaves a receipt."""
    partner.goto(f"/cuoc-hop/{meeting.pk}/")
    partner.get_by_text("mới", exact=True).wait_for()
    link = partner.get_by_role("link", name="Tờ trình").get_attribute("href")
    opened = partner.request.get(link)
    assert (opened.body(), opened.headers["content-disposition"]) == (
        BLANK,
        'inline; filename="to-trinh.pdf"',
    )
    assert PaperRead.objects.get().user.username == "ubnd"
    partner.reload()
    assert partner.get_by_text("mới", exact=True).count() == 0


def told_by_telephone(desk: Any, meeting: Meeting) -> None:
    """Somebody else of UBND calls: the secretary sees the receipt, writes the answer down and finds both kept.

    Whoever comes along is already in the form.
    """
    desk.goto(f"/cuoc-hop/{meeting.pk}/")
    readers = 1 + meeting.invitations.count() - 1 + 7
    desk.get_by_role("link", name=f"1/{readers} đã đọc").wait_for()
    desk.get_by_role("link", name="Thành phần", exact=True).click()
    desk.get_by_role("link", name="Ghi trả lời của UBND").click()
    desk.get_by_label("Ai trả lời").fill("Chánh Văn phòng UBND tỉnh")
    desk.get_by_role("radio", name="Cử người dự thay").check()
    desk.get_by_label("Họ và tên người dự").fill("Phạm Thị Duyên")
    desk.get_by_label("Chức vụ").fill("Phó Chủ tịch")
    desk.get_by_role("button", name="Ghi trả lời").click()
    desk.get_by_text("Đã ghi trả lời của").wait_for()
    desk.get_by_text("đã trả lời 2 lần").click()
    desk.get_by_text("đã thay bằng lần trả lời sau").wait_for()


def test_invitations_from_five_hosts(
    five: dict[str, Meeting], post_office: Sink, new_page: Callable[..., Any]
) -> None:
    meeting = five["TTHDND"]
    partner = new_page(PHONE)
    sign_in(partner, "ubnd")
    partner.goto("/cuoc-hop/giay-moi/")
    assert titles(partner) == WAITING
    assert partner.evaluate("document.documentElement.scrollWidth") == 360
    partner.get_by_text("Bộ lọc", exact=True).click()
    partner.get_by_label("Cơ quan mời").select_option(label=five["DDBQH"].host.name)
    partner.wait_for_url("**ben_moi=**")
    partner.locator("#table").get_by_text("1 giấy mời").wait_for()
    assert titles(partner) == ["Họp của DDBQH"]
    partner.goto("/cuoc-hop/giay-moi/")

    assigned(partner)
    assert titles(partner) == [*(name for name in WAITING if name != "Họp của TTHDND"), "Họp của TTHDND"]
    sent = Invitation.objects.get(meeting=meeting, organization__code="UBND")
    people = list(sent.standing.people.all())
    assert [(one.name, one.has_meal) for one in people[1:]] == [("Lý Văn Sơn", False)]
    chair = people[0]
    assert (sent.answer, sent.channel, chair.person is not None, chair.has_meal) == (
        "accepted",
        "app",
        True,
        True,
    )

    # The one who goes gets the invitation and a calendar entry.
    mail = post_office.wait_for_mail(chair.person.email, "Cử dự: Họp của TTHDND")
    assert {"application/pdf", "text/calendar"} <= set(parts_of(mail))

    read(partner, meeting)
    desk = new_page()
    sign_in(desk, "thuky")
    told_by_telephone(desk, meeting)
    sent.refresh_from_db()
    assert (sent.answer, sent.channel, sent.attendee_name, sent.replies.count()) == (
        "substituted", "phone", "Phạm Thị Duyên", 2,
    )  # fmt: skip

    # What the reception prints follows from the answer that stands.
    sheet = load_workbook(
        io.BytesIO(desk.request.get(f"/cuoc-hop/{meeting.pk}/cho-ngoi/?xuat=xlsx").body())
    ).active
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert names[-2:] == ["Phạm Thị Duyên", "Lý Văn Sơn"]
    assert chair.name not in names
