"""Minutes: written item by item, circulated, approved, locked, corrected by a new version."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from documents.models import Document
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from meetings.choices import MeetingState, MinutesState
from meetings.models import Meeting, Minutes, MinutesComment, MinutesEntry
from meetings.services import recording
from tests import factories as make
from tests.cast import Cast
from tests.documents.paper_reading import Reading
from tests.ledger import entries, everything, refused, verbs
from tests.meetings import factories

NEXT_DAY = datetime(2026, 6, 29, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def minutes(office: Cast, set_clock: Callable[[datetime], None]) -> Minutes:
    """A started draft, the day after the meeting."""
    set_clock(NEXT_DAY)
    return recording.start_minutes(actor=office.secretary, meeting=factories.closed(office.world))


def entry_of(minutes: Minutes, position: int) -> MinutesEntry:
    found: MinutesEntry = minutes.entries.get(item__position=position)
    return found


def write(office: Cast, minutes: Minutes, text: str, position: int = 1) -> MinutesEntry:
    entry = entry_of(minutes, position)
    return recording.save_entry(actor=office.secretary, entry=entry, text=text, version=entry.version)


class TestDraft:
    def test_one_empty_entry_for_each_item(self, minutes: Minutes) -> None:
        assert list(minutes.entries.values_list("item__position", "text", "version")) == [
            (1, "", 1),
            (2, "", 1),
        ]
        assert (minutes.state, minutes.number, verbs(minutes)) == (
            MinutesState.DRAFT, 1, ["meetings.minutes.started"],
        )  # fmt: skip

    def test_starting_again_returns_the_same(self, office: Cast, minutes: Minutes) -> None:
        before = everything()
        assert recording.start_minutes(actor=office.secretary, meeting=minutes.meeting) == minutes
        assert everything() == before

    @pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.INVITED, MeetingState.CANCELLED])
    def test_not_before_the_opening(self, office: Cast, state: str) -> None:
        meeting = factories.meeting(office.world, state=state)
        with refused(DomainError):
            recording.start_minutes(actor=office.secretary, meeting=meeting)

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "outsider", "admin"])
    def test_only_by_the_secretary(self, office: Cast, minutes: Minutes, person: str) -> None:
        actor, entry = getattr(office, person), entry_of(minutes, 1)
        with refused(PermissionDenied):
            recording.start_minutes(actor=actor, meeting=minutes.meeting)
        with refused(PermissionDenied):
            recording.save_entry(actor=actor, entry=entry, text="x", version=1)
        with refused(PermissionDenied):
            recording.circulate(actor=actor, minutes=minutes, comment_until=date(2026, 7, 1))

    def test_an_entry_is_saved_and_audited_by_length(self, office: Cast, minutes: Minutes) -> None:
        saved = write(office, minutes, "Chánh Văn phòng báo cáo.")
        assert (saved.text, saved.version) == ("Chánh Văn phòng báo cáo.", 2)
        assert entries(minutes)[-1].changes == {"item": "1. Nội dung thứ 1", "length": 24}

    def test_the_same_text_again_changes_nothing(self, office: Cast, minutes: Minutes) -> None:
        write(office, minutes, "Báo cáo")
        before = everything()
        recording.save_entry(actor=office.secretary, entry=entry_of(minutes, 1), text=" Báo cáo ", version=1)
        assert everything() == before

    def test_decomposed_text_and_script(self, office: Cast, minutes: Minutes) -> None:
        assert write(office, minutes, "Ba\u0301o ca\u0301o").text == "Báo cáo"
        assert write(office, minutes, "<script>alert(1)</script>").text == "<script>alert(1)</script>"

    def test_a_stale_entry_loses_nothing(self, office: Cast, minutes: Minutes) -> None:
        read = entry_of(minutes, 1)
        write(office, minutes, "Bản của người thứ nhất")
        with refused(StaleEdit) as caught:
            recording.save_entry(
                actor=office.secretary, entry=read, text="Bản của người thứ hai", version=read.version
            )
        assert (caught.value.stored.text, caught.value.stored.version) == ("Bản của người thứ nhất", 2)
        merged = recording.save_entry(
            actor=office.secretary,
            entry=read,
            text="Bản thứ nhất và thứ hai",
            version=caught.value.stored.version,
        )
        assert (merged.text, merged.version) == ("Bản thứ nhất và thứ hai", 3)

    def test_two_items_do_not_disturb_each_other(self, office: Cast, minutes: Minutes) -> None:
        first, second = entry_of(minutes, 1), entry_of(minutes, 2)
        recording.save_entry(actor=office.secretary, entry=first, text="một", version=1)
        recording.save_entry(actor=office.secretary, entry=second, text="hai", version=1)
        assert list(minutes.entries.values_list("text", flat=True)) == ["một", "hai"]

    def test_the_secretary_s_name(self, office: Cast, minutes: Minutes) -> None:
        recording.set_secretary(actor=office.secretary, meeting=minutes.meeting, name="Vũ Lan")
        assert Meeting.objects.get(pk=minutes.meeting_id).secretary_name == "Vũ Lan"
        with refused(DomainError, field="secretary_name"):
            recording.set_secretary(actor=office.secretary, meeting=minutes.meeting, name=" ")
        with refused(PermissionDenied):
            recording.set_secretary(actor=office.outsider, meeting=minutes.meeting, name="X")

    def test_the_draft_prints_without_a_number_and_writes_nothing(
        self, office: Cast, minutes: Minutes
    ) -> None:
        write(office, minutes, "Chánh Văn phòng báo cáo.")
        before = everything()
        words = Reading(recording.draft_pdf(actor=office.secretary, minutes=minutes)).words
        assert everything() == before
        assert "Chánh Văn phòng báo cáo." in words
        assert "01/BB-HĐND" not in words
        with pytest.raises(PermissionDenied):
            recording.draft_pdf(actor=office.outsider, minutes=minutes)


class TestComments:
    def test_members_comment_until_the_day(
        self, office: Cast, minutes: Minutes, set_clock: Callable[[datetime], None]
    ) -> None:
        recording.circulate(actor=office.secretary, minutes=minutes, comment_until=date(2026, 7, 1))
        set_clock(datetime(2026, 7, 1, 23, 0, tzinfo=clock.VIETNAM))
        item = minutes.meeting.agenda.get(position=2)
        recording.comment(actor=office.delegate, minutes=minutes, text="Bổ sung ý kiến", item=item)
        (made,) = MinutesComment.objects.all()
        assert (made.author, made.text, made.item) == (office.delegate, "Bổ sung ý kiến", item)
        assert verbs(minutes)[-2:] == ["meetings.minutes.circulated", "meetings.minutes.commented"]
        set_clock(datetime(2026, 7, 2, 0, 1, tzinfo=clock.VIETNAM))
        with refused(DomainError, field="text"):
            recording.comment(actor=office.delegate, minutes=minutes, text="Muộn")

    def test_a_day_that_has_passed(self, office: Cast, minutes: Minutes) -> None:
        with refused(DomainError, field="comment_until"):
            recording.circulate(actor=office.secretary, minutes=minutes, comment_until=date(2026, 6, 28))

    def test_nobody_comments_a_draft(self, office: Cast, minutes: Minutes) -> None:
        with refused(PermissionDenied):
            recording.comment(actor=office.delegate, minutes=minutes, text="Sớm")

    @pytest.mark.parametrize("person", ["partner", "agency", "outsider"])
    def test_guests_do_not_comment(self, office: Cast, minutes: Minutes, person: str) -> None:
        recording.circulate(actor=office.secretary, minutes=minutes, comment_until=date(2026, 7, 1))
        with refused(PermissionDenied):
            recording.comment(actor=getattr(office, person), minutes=minutes, text="Ý kiến")

    def test_an_empty_comment_and_one_on_another_meeting(self, office: Cast, minutes: Minutes) -> None:
        recording.circulate(actor=office.secretary, minutes=minutes, comment_until=date(2026, 7, 1))
        other = factories.meeting(office.world).agenda.get(position=1)
        with refused(DomainError, field="text"):
            recording.comment(actor=office.delegate, minutes=minutes, text=" ")
        with refused(DomainError, field="item"):
            recording.comment(actor=office.delegate, minutes=minutes, text="Ý kiến", item=other)


class TestApproval:
    @pytest.mark.parametrize("person", ["secretary", "delegate", "partner", "agency", "outsider", "admin"])
    def test_only_by_chair_or_leader(self, office: Cast, minutes: Minutes, person: str) -> None:
        with refused(PermissionDenied):
            recording.approve(actor=getattr(office, person), minutes=minutes)

    def test_it_is_numbered_printed_and_locked(self, office: Cast, minutes: Minutes) -> None:
        write(office, minutes, "Chánh Văn phòng báo cáo.")
        approved = recording.approve(actor=office.leader, minutes=minutes)
        document = approved.document
        assert document is not None
        assert (approved.state, approved.locked_at, document.symbol) == (
            MinutesState.LOCKED, NEXT_DAY, "01/BB-HĐND",
        )  # fmt: skip
        content = files.read(document.file)
        assert approved.sha256 == document.sha256 == files.digest(content)
        assert Meeting.objects.get(pk=minutes.meeting_id).state == MeetingState.APPROVED
        assert entries(minutes)[-1].changes == {"symbol": "01/BB-HĐND", "sha256": approved.sha256}
        words = Reading(content).words
        for piece in (
            "Số: 01/BB-HĐND", "BIÊN BẢN", "Chánh Văn phòng báo cáo.", "có mặt: 06; vắng mặt có lý do: 0",
            "Vắng mặt: Bùi Đức Đại, Ủy viên (không có lý do)", "Mai Thế Anh", "Nguyễn Đình Lâm",
            "Phiên họp kết thúc vào 11 giờ 00 phút, ngày 26 tháng 6 năm 2026",
        ):  # fmt: skip
            assert piece in words

    def test_the_chair_approves_without_being_a_leader_of_the_host(
        self, office: Cast, minutes: Minutes, blank_papers: list[object]
    ) -> None:
        chair = make.user("chutoa", person=office.world.people["P04"])
        make.role(chair, "delegate", office.world["HDND"])  # type: ignore[arg-type]
        Meeting.objects.filter(pk=minutes.meeting_id).update(chair=office.world.people["P04"])
        assert recording.approve(actor=chair, minutes=minutes).state == MinutesState.LOCKED

    @pytest.mark.parametrize(
        "missing",
        [{"closed_at": None}, {"secretary_name": ""}, {"chair": None}],
        ids=["end", "secretary", "chair"],
    )
    def test_incomplete(self, office: Cast, minutes: Minutes, missing: dict[str, object]) -> None:
        Meeting.objects.filter(pk=minutes.meeting_id).update(**missing)
        with refused(DomainError):
            recording.approve(actor=office.leader, minutes=minutes)

    def test_a_paper_that_cannot_be_rendered_locks_nothing(
        self, office: Cast, minutes: Minutes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(paper: object) -> bytes:
            raise RuntimeError("no font")

        monkeypatch.setattr("meetings.papers.paper_pdf", broken)
        with refused(RuntimeError):
            recording.approve(actor=office.leader, minutes=minutes)


@pytest.mark.usefixtures("blank_papers")
class TestLocked:
    @pytest.fixture
    def locked(self, office: Cast, minutes: Minutes, blank_papers: list[object]) -> Minutes:
        write(office, minutes, "Bản gốc")
        return recording.approve(actor=office.leader, minutes=minutes)

    def test_nothing_is_saved_any_more(self, office: Cast, locked: Minutes) -> None:
        entry = entry_of(locked, 1)
        with refused(PermissionDenied):
            recording.save_entry(actor=office.secretary, entry=entry, text="Sửa", version=entry.version)
        with refused(PermissionDenied):
            recording.circulate(actor=office.secretary, minutes=locked, comment_until=date(2026, 7, 1))
        with refused(PermissionDenied):
            recording.comment(actor=office.delegate, minutes=locked, text="Ý kiến")
        with refused(PermissionDenied):
            recording.approve(actor=office.leader, minutes=locked)
        with refused(DomainError):
            recording.set_secretary(actor=office.secretary, meeting=locked.meeting, name="Người khác")

    def test_a_correction_is_a_new_version_and_the_old_stays(self, office: Cast, locked: Minutes) -> None:
        new = recording.correct(actor=office.secretary, minutes=locked, reason="Ghi sai số phiếu tán thành")
        assert (new.number, new.supersedes, new.state) == (2, locked, MinutesState.DRAFT)
        assert entry_of(new, 1).text == "Bản gốc"
        write(office, new, "Bản sửa")
        assert entry_of(locked, 1).text == "Bản gốc"
        approved = recording.approve(actor=office.leader, minutes=new)
        assert approved.document is not None
        assert approved.document.symbol == "02/BB-HĐND"
        assert list(Document.objects.order_by("number").values_list("symbol", flat=True)) == [
            "01/BB-HĐND",
            "02/BB-HĐND",
        ]
        assert verbs(new) == [
            "meetings.minutes.corrected", "meetings.minutes.written", "meetings.minutes.approved",
        ]  # fmt: skip

    @pytest.mark.parametrize("reason", ["", "  ", "sai"])
    def test_a_correction_needs_a_reason(self, office: Cast, locked: Minutes, reason: str) -> None:
        with refused(DomainError, field="reason"):
            recording.correct(actor=office.secretary, minutes=locked, reason=reason)

    def test_one_correction_at_a_time(self, office: Cast, locked: Minutes) -> None:
        recording.correct(actor=office.secretary, minutes=locked, reason="Ghi sai số phiếu tán thành")
        with refused(DomainError):
            recording.correct(actor=office.secretary, minutes=locked, reason="Ghi sai số phiếu tán thành")

    def test_a_draft_is_not_corrected(self, office: Cast, locked: Minutes) -> None:
        new = recording.correct(actor=office.secretary, minutes=locked, reason="Ghi sai số phiếu tán thành")
        with refused(DomainError):
            recording.correct(actor=office.secretary, minutes=new, reason="Ghi sai số phiếu tán thành")


def test_the_correction_s_paper_names_the_old_and_why(office: Cast, minutes: Minutes) -> None:
    locked = recording.approve(actor=office.leader, minutes=minutes)
    new = recording.correct(actor=office.secretary, minutes=locked, reason="Ghi sai số phiếu tán thành")
    document = recording.approve(actor=office.leader, minutes=new).document
    assert document is not None
    words = Reading(files.read(document.file)).words
    assert "Biên bản này đính chính Biên bản số 01/BB-HĐND. Lý do: Ghi sai số phiếu tán thành" in words
