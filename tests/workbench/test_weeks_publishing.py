"""Publishing a weekly calendar: what it leaves behind, who signs, who sees it, when the desk reminds."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from councils.choices import OrganizationKind
from documents.paper.model import Paper
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories
from tests.workbench.week_stage import MONDAY, NOW, at, line, rows, verbs, week
from workbench.models import WorkWeek, WorkWeekEdition
from workbench.queries.weeks import visible_editions, visible_weeks, week_to_publish
from workbench.services import weeks as services


@pytest.fixture(autouse=True)
def _now(set_clock: Any) -> None:
    set_clock(NOW)


# ---- publishing it


def test_publishing_keeps_the_files_and_mails_the_members(office: Cast, printed: list[Paper]) -> None:
    made = week(office)
    factories.meeting(office.world, title="Phiên họp", starts_at=at(26, 7, 30))
    services.add_line(actor=office.secretary, week=made, data=line())
    done = services.publish_week(actor=office.leader, week=made)
    assert (done.sent, done.unreachable, done.edition.label) == (2, 5, "bản đầu")
    assert files.read(done.edition.pdf) == BLANK
    assert files.read(done.edition.docx) == b"PK " + printed[0].name.encode()
    assert done.edition.sha256 == files.digest(BLANK)
    assert verbs() == ["workbench.week.changed", "workbench.week.published"]
    assert [(row[0], row[1], row[2], row[5]) for row in rows(printed[0])] == [
        ("Thứ Hai\n22/6/2026", "Sáng", "Trực cơ quan", ""),
        ("Thứ Sáu\n26/6/2026", "Sáng\n07 giờ 30", "Phiên họp", "Nguyễn Đình Lâm, Chủ tịch HĐND"),
    ]
    messages = Message.objects.order_by("to")
    assert [(row.to, row.subject, row.dedupe_key) for row in messages] == [
        (
            f"{code}@hdnd.test",
            "Lịch công tác tuần 22/06/2026 – 28/06/2026",
            f"week:{done.edition.pk}:{code}@hdnd.test",
        )
        for code in ("p01", "p02")
    ]
    assert [item["name"] for item in messages[0].attachments] == [
        "lich-cong-tac-tuan-2026-06-22.pdf", "lich-cong-tac-tuan-2026-06-22.docx",
    ]  # fmt: skip
    assert f"/lich/cong-tac-tuan/{made.pk}/" in messages[0].text


def test_what_changed_afterwards_is_published_as_an_update(
    office: Cast, printed: list[Paper], set_clock: Any
) -> None:
    made = week(office)
    meeting = factories.meeting(office.world, starts_at=at(26, 7, 30))
    services.publish_week(actor=office.secretary, week=made)
    with pytest.raises(DomainError) as refused:
        services.publish_week(actor=office.secretary, week=made)
    assert refused.value.message == (
        "Lịch chưa thay đổi so với bản đầu đã công bố. Sửa lịch trước khi công bố bản cập nhật."
    )
    assert (WorkWeekEdition.objects.count(), Message.objects.count()) == (1, 2)

    set_clock(at(23, 9))
    meeting.starts_at = at(26, 14)
    meeting.save()
    second = services.publish_week(actor=office.secretary, week=made).edition
    assert (second.number, second.label, Message.objects.count()) == (2, "cập nhật lần 1", 4)
    assert Message.objects.latest("pk").subject.endswith(", cập nhật lần 1")
    first_block: Any = printed[-1].blocks[0]
    assert first_block.runs[0].text == "(Bản cập nhật lần 1, thay cho bản đã công bố trước)"
    assert [row[1] for row in rows(printed[-1])] == ["Chiều\n14 giờ 00"]
    # A preview of what has not changed looks as it was published.
    services.preview_pdf(actor=office.secretary, week=made)
    assert printed[-1].blocks[0] == first_block
    assert printed[-1].place_date.day is None  # type: ignore[union-attr]


def test_nobody_else_publishes_and_nothing_is_left(office: Cast, printed: list[Paper]) -> None:
    made = week(office)
    for actor in (office.delegate, office.partner, office.agency, office.outsider, office.admin):
        with pytest.raises(PermissionDenied):
            services.publish_week(actor=actor, week=made)
        with pytest.raises(PermissionDenied):
            services.preview_pdf(actor=actor, week=made)
    assert (WorkWeekEdition.objects.count(), Message.objects.count(), verbs(), printed) == (0, 0, [], [])


def test_without_a_letterhead_nothing_is_published(cast: Cast, printed: list[Paper]) -> None:
    with pytest.raises(DomainError, match="chưa có thể thức văn bản"):
        services.publish_week(actor=cast.secretary, week=week(cast))
    assert (WorkWeekEdition.objects.count(), verbs(), printed) == (0, [], [])


def test_the_head_of_the_office_signs_by_order(office: Cast, printed: list[Paper]) -> None:
    made = week(office)
    services.preview_pdf(actor=office.secretary, week=made)
    bureau = {"kind": OrganizationKind.OFFICE, "area": office.world.areas["T"]}
    make.post(OrganizationKind.OFFICE, "Chánh Văn phòng", rank=1, is_leader=True, is_head=True)
    other = make.organization("VPUB", name="Văn phòng UBND tỉnh", **bureau)
    make.membership(make.person("Lê Văn Khác"), other, "Chánh Văn phòng")
    services.preview_pdf(actor=office.secretary, week=made)
    own = make.organization("VP", name="Văn phòng Đoàn ĐBQH và HĐND tỉnh", **bureau)
    make.membership(make.person("Mai Thế Anh"), own, "Chánh Văn phòng")
    services.preview_pdf(actor=office.secretary, week=made)
    signers = [paper.signature.signers[0] for paper in printed if paper.signature]
    assert [(signer.authority, signer.title, signer.name) for signer in signers] == [
        (("TM. THƯỜNG TRỰC HĐND",), "CHỦ TỊCH", "Nguyễn Đình Lâm"),
        (("TM. THƯỜNG TRỰC HĐND",), "CHỦ TỊCH", "Nguyễn Đình Lâm"),
        (("TL. THƯỜNG TRỰC HĐND",), "Chánh Văn phòng", "Mai Thế Anh"),
    ]


def test_a_real_edition_is_a_pdf_and_a_word_file(office: Cast) -> None:
    edition = services.publish_week(actor=office.secretary, week=week(office)).edition
    assert (files.read(edition.pdf)[:5], files.read(edition.docx)[:2]) == (b"%PDF-", b"PK")


# ---- who sees it


def test_drafts_are_the_offices_and_editions_the_whole_councils(office: Cast, printed: list[Paper]) -> None:
    made = week(office)

    def seeing(found: Any) -> list[str]:
        return [name for name, user in office.persons().items() if user and found(user).exists()]

    assert seeing(visible_weeks) == ["secretary", "leader"]
    services.publish_week(actor=office.secretary, week=made)
    assert seeing(visible_weeks) == ["secretary", "leader", "delegate"]
    assert seeing(visible_editions) == ["secretary", "leader", "delegate"]


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 6, 18), None),  # Thursday
        (date(2026, 6, 19), MONDAY),
        (date(2026, 6, 20), None),
        (date(2026, 8, 21), None),  # a Friday before a worked Saturday
        (date(2026, 8, 22), date(2026, 8, 24)),
        (date(2027, 12, 31), date(2028, 1, 3)),
        (date(2026, 4, 30), None),  # Thursday, a holiday, and so is Friday 1/5
        (date(2026, 4, 29), date(2026, 5, 4)),
    ],
)
def test_the_desk_reminds_on_the_last_working_day_of_the_week(
    today: date, monday: date | None, office: Cast, set_clock: Any
) -> None:
    set_clock(clock.at_time(today, 9))
    host = office.world["TTHDND"]
    assert week_to_publish(office.secretary, host) == monday
    assert week_to_publish(office.leader, host) is None  # the secretariat's job
    assert week_to_publish(office.secretary, None) is None


def test_the_reminder_ends_with_publishing(office: Cast, printed: list[Paper]) -> None:
    assert week_to_publish(office.secretary, office.world["TTHDND"]) == MONDAY
    services.publish_week(actor=office.secretary, week=week(office))
    assert week_to_publish(office.secretary, office.world["TTHDND"]) is None


def test_the_demo_has_a_published_and_a_drafted_week(
    office: Cast, printed: list[Paper], set_clock: Any
) -> None:
    from workbench.demo import load_weeks

    set_clock(at(24, 9))
    assert (load_weeks(), load_weeks()) == (2, 0)
    made = WorkWeek.objects.order_by("monday")
    assert [(row.monday, row.editions.count(), row.lines.count()) for row in made] == [
        (MONDAY, 1, 2), (MONDAY + timedelta(days=7), 0, 2),
    ]  # fmt: skip
    assert WorkWeekEdition.objects.get().published_at == NOW
    assert {row.state for row in Message.objects.all()} == {"sent"}
