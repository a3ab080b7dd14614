"""Papers of a meeting: versions, open to the invited only, new since one last read, receipts for the secretary."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from hdnd.lib import files
from hdnd.lib.errors import DomainError
from meetings.choices import MeetingState
from meetings.models import AgendaItem, AgendaPaper, Invitation, Meeting, PaperRead
from meetings.queries.detail import meeting_page
from meetings.queries.papers import agenda_of, readers_of, versions_of
from meetings.services.agenda_papers import add_paper, note_read
from meetings.services.links import token_for
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import entries, refused, verbs
from tests.meetings import factories

ONE, TWO = BLANK, BLANK + b"\n"


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """An issued meeting to which UBND is invited and MTTQ was struck."""
    made = factories.meeting(cast.world)
    factories.invitation(made, cast.world["UBND"])
    factories.invitation(made, cast.world["MTTQ"], is_left_out=True)
    return made


def item(meeting: Meeting, position: int = 1) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, position=position)


def put(cast: Cast, meeting: Meeting, content: bytes = ONE, **changes: Any) -> AgendaPaper:
    values = {"title": "Tờ trình", "file_name": "to-trinh.pdf", "content": content, **changes}
    return add_paper(actor=cast.secretary, item=item(meeting), **values)


def guest(meeting: Meeting) -> Invitation:
    found: Invitation = meeting.invitations.get(organization__code="UBND")
    return found


class TestVersions:
    def test_the_same_title_is_the_next_version_and_the_old_is_kept(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        first = put(cast, meeting)
        second = put(cast, meeting, TWO, title="tờ TRÌNH ", note="Sửa số liệu trang 3")
        assert (second.title, second.number, second.note, second.supersedes, second.added_by) == (
            "Tờ trình", 2, "Sửa số liệu trang 3", first, cast.secretary,
        )  # fmt: skip
        assert (files.read(first.file), files.read(second.file)) == (ONE, TWO)
        assert list(AgendaPaper.objects.current()) == [second]
        assert versions_of(first) == versions_of(second) == [second, first]
        assert verbs(meeting) == ["meetings.paper.added", "meetings.paper.replaced"]
        assert entries(meeting)[-1].changes == {
            "item": "Nội dung thứ 1", "paper": "Tờ trình", "number": 2,
        }  # fmt: skip

    def test_another_title_or_item_is_another_paper(self, cast: Cast, meeting: Meeting) -> None:
        put(cast, meeting)
        put(cast, meeting, title="Dự thảo")
        add_paper(
            actor=cast.secretary, item=item(meeting, 2), title="Tờ trình", file_name="a.pdf", content=ONE
        )
        assert [paper.number for paper in AgendaPaper.objects.current()] == [1, 1, 1]

    def test_the_very_same_file_is_no_version(self, cast: Cast, meeting: Meeting) -> None:
        put(cast, meeting)
        with refused(DomainError, field="file"):
            put(cast, meeting)

    def test_back_to_an_older_file_is_one(self, cast: Cast, meeting: Meeting) -> None:
        for content in (ONE, TWO, ONE):
            put(cast, meeting, content)
        assert AgendaPaper.objects.current().get().number == 3

    @pytest.mark.parametrize(
        ("name", "content"),
        [("to-trinh.pdf", b""), ("to-trinh.pdf", b"MZ\x90"), ("to-trinh.docx", ONE), ("a.pdf", b"<html>")],
    )
    def test_a_file_that_is_not_what_its_name_says(
        self, cast: Cast, meeting: Meeting, name: str, content: bytes
    ) -> None:
        with refused(DomainError, field="file"):
            put(cast, meeting, content, file_name=name)

    @pytest.mark.parametrize("state", [MeetingState.APPROVED, MeetingState.CANCELLED])
    def test_none_comes_after_the_end(self, cast: Cast, meeting: Meeting, state: str) -> None:
        Meeting.objects.update(state=state)
        with refused(DomainError):
            put(cast, meeting)

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "outsider"])
    def test_by_the_secretariat_only(self, cast: Cast, meeting: Meeting, person: str) -> None:
        with refused(PermissionDenied):
            add_paper(
                actor=getattr(cast, person), item=item(meeting), title="x", file_name="a.pdf", content=ONE
            )

    def test_an_item_goes_with_all_its_versions(self, cast: Cast, meeting: Meeting) -> None:
        put(cast, meeting)
        note_read(paper=put(cast, meeting, TWO), user=cast.partner)
        item(meeting).delete()
        assert (AgendaPaper.objects.count(), PaperRead.objects.count()) == (0, 0)


class TestReading:
    def marks(self, user: Any, meeting: Meeting) -> list[str]:
        """What is new to the person, paper by paper."""
        seen = meeting_page(user).get(pk=meeting.pk)
        return [line.mark for row in agenda_of(user, seen).lines for line in row.papers]

    def test_new_until_read_and_again_with_the_next_version(self, cast: Cast, meeting: Meeting) -> None:
        first = put(cast, meeting)
        put(cast, meeting, title="Dự thảo")
        assert self.marks(cast.partner, meeting) == ["mới", "mới"]
        note_read(paper=first, user=cast.partner)
        assert self.marks(cast.partner, meeting) == ["", "mới"]
        put(cast, meeting, TWO)
        put(cast, meeting, ONE + TWO)
        assert self.marks(cast.partner, meeting) == ["mới", "mới từ lần đọc trước"]
        assert self.marks(cast.delegate, meeting) == ["mới", "mới"]
        assert self.marks(cast.secretary, meeting) == ["", ""]  # who put them there knows them

    def test_a_receipt_keeps_the_first_and_the_last_time(
        self, cast: Cast, meeting: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        paper = put(cast, meeting)
        note_read(paper=paper, user=cast.partner)
        set_clock(factories.PLANNED_ON + timedelta(hours=2))
        note_read(paper=paper, user=cast.partner)
        receipt = PaperRead.objects.get()
        assert (receipt.first_at, receipt.last_at) == (
            factories.PLANNED_ON, factories.PLANNED_ON + timedelta(hours=2),
        )  # fmt: skip

    def test_of_somebody(self, cast: Cast, meeting: Meeting) -> None:
        paper = put(cast, meeting)
        with pytest.raises(ValueError, match="user or an invitation"):
            note_read(paper=paper)

    def test_who_has_read_by_name_and_body(self, cast: Cast, meeting: Meeting) -> None:
        paper = put(cast, meeting)
        factories.invitation(meeting, cast.world["X01-TT"])
        factories.invitation(meeting, cast.world["SXD"])
        for user in (cast.leader, cast.partner, cast.secretary, cast.delegate):
            note_read(paper=paper, user=user)
        note_read(paper=paper, invitation=meeting.invitations.get(organization__code="SXD"))
        found = {
            reader.name: reader.reads[paper.pk][1]
            for reader in readers_of(meeting)
            if paper.pk in reader.reads
        }
        # The secretary is nobody's guest, the delegate no member of the standing committee.
        assert found == {
            "Nguyễn Đình Lâm": "Nguyễn Đình Lâm",
            "Ủy ban nhân dân tỉnh Vĩnh Giang": "Đặng Minh Châu",
            "Sở Xây dựng": "qua đường dẫn",
        }
        assert len(readers_of(meeting)) == 7 + 3

    def test_whoever_is_sent_reads_for_the_body(self, cast: Cast, meeting: Meeting) -> None:
        from meetings.services.answering import AnswerInput, answer_in_app

        paper = put(cast, meeting)
        person = make.user("phuoc", person=cast.world.people["P21"])
        note_read(paper=paper, user=person)
        data = AnswerInput("accepted", person=cast.world.people["P21"])
        answer_in_app(actor=cast.partner, invitation=guest(meeting), data=data)
        assert [reader.name for reader in readers_of(meeting) if reader.reads] == [
            "Ủy ban nhân dân tỉnh Vĩnh Giang"
        ]


class TestPages:
    def opened(self, client: Client, user: Any, paper: AgendaPaper) -> int:
        client.force_login(user)
        return client.get(reverse("meetings:paper_file", args=[paper.pk])).status_code

    def test_open_to_the_invited_only_and_noted(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        old = put(cast, meeting)
        put(cast, meeting, TWO)
        struck = make.user("mttq")
        make.role(struck, "liaison", cast.world["MTTQ"])  # type: ignore[arg-type]
        people = {
            "partner": cast.partner, "delegate": cast.delegate, "struck": struck, "outsider": cast.outsider,
            "admin": cast.admin, "agency": cast.agency,
        }  # fmt: skip
        assert {name: self.opened(client, user, old) for name, user in people.items()} == {
            "partner": 200, "delegate": 200, "struck": 404, "outsider": 404, "admin": 404, "agency": 404,
        }  # fmt: skip
        assert set(PaperRead.objects.values_list("user__username", flat=True)) == {"ubnd", "daibieu"}

    def test_pdf_opens_in_the_browser_word_is_saved(
        self, cast: Cast, meeting: Meeting, client: Client
    ) -> None:
        from tests.lib.test_filetypes import WORD

        client.force_login(cast.partner)
        shown = client.get(reverse("meetings:paper_file", args=[put(cast, meeting).pk]))
        saved = client.get(
            reverse(
                "meetings:paper_file", args=[put(cast, meeting, WORD, title="Biểu", file_name="biểu.docx").pk]
            )
        )
        assert shown["Content-Disposition"] == 'inline; filename="to-trinh.pdf"'
        assert saved["Content-Disposition"].startswith("attachment")
        assert saved["Content-Type"].endswith("wordprocessingml.document")

    def test_by_the_link_of_the_mail(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        old = put(cast, meeting)
        paper = put(cast, meeting, TWO)
        token = token_for(guest(meeting))
        address = reverse("meetings:paper_by_link", args=[token, paper.pk])
        assert (
            f'href="{address}">Tờ trình</a>'
            in client.get(reverse("meetings:answer_link", args=[token])).content.decode()
        )
        assert b"".join(client.get(address).streaming_content) == TWO  # type: ignore[attr-defined]
        assert PaperRead.objects.get().invitation == guest(meeting)
        for wrong in (
            [token, old.pk], [f"{token}x", paper.pk], [token, put(cast, factories.meeting(cast.world)).pk],
        ):  # fmt: skip
            assert client.get(reverse("meetings:paper_by_link", args=wrong)).status_code == 404

    def test_the_office_sees_how_many_have_read(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        paper = put(cast, meeting)
        note_read(paper=paper, user=cast.partner)
        detail = reverse("meetings:meeting_detail", args=[meeting.pk])
        client.force_login(cast.secretary)
        assert "1/8 đã đọc</a>" in client.get(detail).content.decode()
        page = client.get(reverse("meetings:paper_readers", args=[paper.pk]))
        assert [(reader.name, by) for reader, _, by in page.context["read"]] == [
            ("Ủy ban nhân dân tỉnh Vĩnh Giang", "Đặng Minh Châu")
        ]
        assert len(page.context["unread"]) == 7
        client.force_login(cast.partner)
        assert "đã đọc" not in client.get(detail).content.decode()

    def test_the_next_version_keeps_the_title(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        client.force_login(cast.secretary)
        address = reverse("meetings:paper_add", args=[item(meeting).pk])
        page = client.get(address, {"ten": 'Tờ "trình"'})
        assert 'value="Tờ &quot;trình&quot;"' in page.content.decode()
