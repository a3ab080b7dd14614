"""Minutes in the browser: written, circulated, approved, corrected."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coordination.choices import AgendaKind
from documents.models import Document
from hdnd.lib import clock, files
from meetings.choices import MinutesState
from meetings.models import AgendaItem, Meeting, Minutes, MinutesComment, MinutesEntry
from meetings.services import concluding, recording
from meetings.services.concluding import ConclusionInput
from tests.cast import Cast
from tests.meetings import factories

HTMX = {"HX-Request": "true"}
NEXT_DAY = datetime(2026, 6, 29, 9, 5, tzinfo=clock.VIETNAM)
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(office: Cast, client: Client, set_clock: Callable[[datetime], None]) -> Client:
    """The secretary on the Monday after the meeting."""
    set_clock(NEXT_DAY)
    client.force_login(office.secretary)
    return client


@pytest.fixture
def minutes(office: Cast, desk: Client) -> Minutes:
    return recording.start_minutes(actor=office.secretary, meeting=factories.closed(office.world))


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:minutes", args=[meeting.pk])


def save(client: Client, entry: MinutesEntry, htmx: bool = True, **data: Any) -> Any:
    return client.post(reverse("meetings:entry_save", args=[entry.pk]), data, headers=HTMX if htmx else {})


def stored(entry: MinutesEntry) -> tuple[str, int]:
    found = MinutesEntry.objects.get(pk=entry.pk)
    return found.text, found.version


class TestWriting:
    def test_a_press_starts_the_draft_beside_the_agenda(self, office: Cast, desk: Client) -> None:
        meeting = factories.closed(office.world)
        assert "Soạn biên bản" in desk.get(page_of(meeting)).content.decode()
        assert desk.post(page_of(meeting)).status_code == 302
        page = desk.get(page_of(meeting))
        assert [entry.item.title for entry, _ in page.context["entries"]] == [
            "Nội dung thứ 1", "Nội dung thứ 2",
        ]  # fmt: skip
        assert "6 trên 7 thành viên, cần 5" in page.content.decode()
        assert "Bùi Đức Đại: vắng không lý do" in page.content.decode()

    def test_a_text_saves_itself(self, minutes: Minutes, desk: Client) -> None:
        entry = minutes.entries.get(item__position=1)
        answer = save(desk, entry, text="Chánh Văn phòng báo cáo.\r\nThảo luận.\x00", version="1")
        content = answer.content.decode()
        assert (answer.status_code, stored(entry)) == (200, ("Chánh Văn phòng báo cáo.\nThảo luận.", 2))
        assert 'name="version" value="2"' in content
        assert "Đã lưu." in content
        assert "09:05" in content

    def test_without_scripts_it_is_saved_by_the_button(self, minutes: Minutes, desk: Client) -> None:
        entry = minutes.entries.get(item__position=1)
        answer = save(desk, entry, htmx=False, text="Báo cáo", version="1")
        assert answer["Location"] == f"{page_of(minutes.meeting)}#entry-{entry.pk}"
        assert stored(entry) == ("Báo cáo", 2)

    @pytest.mark.parametrize("htmx", [True, False])
    def test_a_stale_save_shows_both_versions(self, minutes: Minutes, desk: Client, htmx: bool) -> None:
        entry = minutes.entries.get(item__position=1)
        save(desk, entry, text="Bản một", version="1")
        answer = save(desk, entry, htmx, text="Bản hai", version="1")
        content = answer.content.decode()
        assert (answer.status_code, "<html" in content) == (409, not htmx)
        for piece in (
            "Bản đang lưu",
            "<div>Bản một</div>",
            "Bản của bạn",
            "<div>Bản hai</div>",
            'name="version" value="2"',
        ):
            assert piece in content
        assert stored(entry) == ("Bản một", 2)
        if htmx:
            assert (answer["HX-Retarget"], answer["HX-Reswap"]) == (f"#entry-{entry.pk}", "outerHTML")

    @pytest.mark.parametrize(
        ("pressed", "result"),
        [
            ({"keep": "stored"}, ("Bản một", 2)),
            ({"keep": "mine"}, ("Bản hai", 3)),
            ({}, ("Bản một và bản hai", 3)),
        ],
    )
    def test_one_keeps_either_or_merges(
        self, minutes: Minutes, desk: Client, pressed: dict[str, str], result: tuple[str, int]
    ) -> None:
        entry = minutes.entries.get(item__position=1)
        save(desk, entry, text="Bản một", version="1")
        answer = save(desk, entry, text="Bản một và bản hai", mine="Bản hai", version="2", **pressed)
        assert (answer.status_code, stored(entry)) == (200, result)
        assert "data-stale" not in answer.content.decode()

    @pytest.mark.parametrize("version", ["", "x", "-1", "²", "99"])
    def test_a_nonsense_version_overwrites_nothing(
        self, minutes: Minutes, desk: Client, version: str
    ) -> None:
        entry = minutes.entries.get(item__position=1)
        save(desk, entry, text="Bản một", version="1")
        assert save(desk, entry, text="Bản hai", version=version).status_code == 409
        assert stored(entry) == ("Bản một", 2)

    def test_only_the_secretariat_writes(self, office: Cast, minutes: Minutes, client: Client) -> None:
        entry = minutes.entries.get(item__position=1)
        seen = {}
        for name in ("leader", "delegate", "partner", "outsider", "admin"):
            client.force_login(getattr(office, name))
            seen[name] = [
                save(client, entry, text="x", version="1", keep=keep).status_code for keep in ("", "stored")
            ]
        assert seen == {
            "leader": [403, 403], "delegate": [404, 404], "partner": [404, 404], "outsider": [404, 404],
            "admin": [404, 404],
        }  # fmt: skip
        assert stored(entry) == ("", 1)

    def test_scripts_are_text(self, office: Cast, minutes: Minutes, desk: Client) -> None:
        entry = minutes.entries.get(item__position=1)
        save(desk, entry, text=SCRIPT, version="1")
        stale = save(desk, entry, text=f"{SCRIPT} </textarea>", version="1").content.decode()
        for content in (desk.get(page_of(minutes.meeting)).content.decode(), stale):
            assert SCRIPT not in content
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
        assert "</textarea></textarea>" not in stale


class TestFromDraftToLocked:
    def test_drafts_are_the_office_s_own(self, office: Cast, minutes: Minutes, client: Client) -> None:
        save(client, minutes.entries.get(item__position=1), text="Chỉ trong văn phòng", version="1")
        seen = {}
        for name in ("secretary", "leader", "delegate"):
            client.force_login(getattr(office, name))
            seen[name] = "Chỉ trong văn phòng" in client.get(page_of(minutes.meeting)).content.decode()
        assert seen == {"secretary": True, "leader": True, "delegate": False}

    def test_circulated_and_commented(self, office: Cast, minutes: Minutes, desk: Client) -> None:
        address = reverse("meetings:minutes_circulate", args=[minutes.meeting_id])
        late = desk.post(address, {"comment_until": "2026-06-28"})
        assert (late.status_code, late.context["circulate_form"]["comment_until"].value()) == (
            422,
            "2026-06-28",
        )
        assert late.context["circulate_form"].errors == {
            "comment_until": ["Hạn góp ý đã qua. Chọn ngày từ hôm nay trở đi."]
        }
        assert desk.post(address, {"comment_until": "2026-07-01"}).status_code == 302
        desk.force_login(office.delegate)
        comment = reverse("meetings:minutes_comment", args=[minutes.meeting_id])
        assert desk.post(comment, {"text": " ", "item": ""}).context["comment_form"].errors == {
            "text": ["Ghi nội dung góp ý."]
        }
        other = factories.meeting(office.world).agenda.get(position=1)
        assert desk.post(comment, {"text": "Ý kiến", "item": other.pk}).status_code == 422
        assert desk.post(comment, {"text": SCRIPT, "item": ""}).status_code == 302
        assert MinutesComment.objects.get().text == SCRIPT
        page = desk.get(page_of(minutes.meeting)).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_the_secretary_s_name(self, minutes: Minutes, desk: Client) -> None:
        address = reverse("meetings:minutes_secretary", args=[minutes.meeting_id])
        empty = desk.post(address, {"secretary_name": ""})
        assert empty.context["secretary_form"].errors == {"secretary_name": ["Ghi họ tên thư ký cuộc họp."]}
        assert desk.post(address, {"secretary_name": "Vũ Lan"}).status_code == 302
        assert Meeting.objects.get().secretary_name == "Vũ Lan"

    def test_the_preview_is_the_pdf(self, minutes: Minutes, desk: Client, blank_papers: list[Any]) -> None:
        answer = desk.get(reverse("meetings:minutes_preview", args=[minutes.meeting_id]))
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (
            200,
            "application/pdf",
            b"%PDF-",
        )
        assert Document.objects.count() == 0

    def test_approved_locked_corrected(
        self, office: Cast, minutes: Minutes, desk: Client, blank_papers: list[Any]
    ) -> None:
        meeting, entry = minutes.meeting, minutes.entries.get(item__position=1)
        save(desk, entry, text="Bản đã duyệt", version="1")
        approve = reverse("meetings:minutes_approve", args=[meeting.pk])
        assert "Duyệt và khóa" not in desk.get(page_of(meeting)).content.decode()
        assert desk.post(approve).status_code == 403
        desk.force_login(office.leader)
        assert "Duyệt và khóa" in desk.get(page_of(meeting)).content.decode()
        assert desk.post(approve).status_code == 302
        locked = Minutes.objects.get()
        assert (locked.state, len(locked.sha256)) == (MinutesState.LOCKED, 64)
        desk.force_login(office.secretary)
        page = desk.get(page_of(meeting)).content.decode()
        assert locked.sha256 in page
        assert reverse("documents:document_file", args=[locked.document_id]) in page
        assert "entry-form" not in page
        assert save(desk, entry, text="Sửa lén", version="2").status_code == 403
        correct = reverse("meetings:minutes_correct", args=[meeting.pk])
        assert "ít nhất 10 ký tự" in desk.post(correct, {"reason": "sai"}).content.decode()
        assert desk.post(correct, {"reason": "Sai tên người trình bày"}).status_code == 302
        page = desk.get(page_of(meeting)).content.decode()
        assert "Bản 2, đính chính Biên bản 01/BB-HĐND. Lý do: Sai tên người trình bày" in page
        # While the correction is a draft, delegates keep reading what was approved.
        desk.force_login(office.delegate)
        seen = desk.get(page_of(meeting))
        assert (seen.context["minutes"], "Bản đã duyệt" in seen.content.decode()) == (locked, True)
        assert "Sai tên người trình bày" not in seen.content.decode()

    def test_a_long_agenda_costs_as_many_queries_as_a_short(
        self, office: Cast, minutes: Minutes, desk: Client
    ) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(page_of(minutes.meeting)).status_code == 200
            return len(captured)

        def conclude(text: str) -> None:
            concluding.add_conclusion(
                actor=office.secretary,
                meeting=minutes.meeting,
                data=ConclusionInput(office.world["UBND"], text),
            )

        conclude("Báo cáo")
        recording.circulate(actor=office.secretary, minutes=minutes, comment_until=date(2026, 7, 1))
        recording.comment(actor=office.delegate, minutes=minutes, text="Góp ý")
        count()
        few = count()
        for index in range(30):
            item = AgendaItem.objects.create(
                meeting=minutes.meeting,
                position=index + 10,
                title="Nội dung",
                minutes=5,
                kind=AgendaKind.REPORT,
            )
            MinutesEntry.objects.create(minutes=minutes, item=item)
            conclude(f"Việc {index}")
            recording.comment(actor=office.delegate, minutes=minutes, text="Góp ý", item=item)
        assert (count(), minutes.entries.count()) == (few, 32)


def test_the_printed_minutes_are_the_stored_file(
    office: Cast, minutes: Minutes, client: Client, blank_papers: list[Any]
) -> None:
    locked = recording.approve(actor=office.leader, minutes=minutes)
    answer = client.get(reverse("documents:document_file", args=[locked.document_id]))
    assert files.digest(b"".join(answer.streaming_content)) == locked.sha256
