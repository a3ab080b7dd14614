"""The pack of a meeting: what is in it, who may open it, what a late or a bad paper does to it."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from documents.choices import DocumentType
from documents.models import Document
from hdnd.jobs.models import Job
from hdnd.jobs.services import run
from hdnd.lib import files
from hdnd.lib.errors import DomainError
from meetings.choices import MeetingState
from meetings.models import AgendaPaper, Meeting, MeetingPack
from meetings.queries.packs import packs_of, sources_of
from meetings.services.agenda_papers import add_paper
from meetings.services.packs import make_pack, start_pack
from tests.cast import Cast
from tests.ledger import refused, verbs
from tests.lib import pdf_sources
from tests.lib.pdf_structure import faults
from tests.meetings import factories

pytestmark = pytest.mark.django_db
DAY = factories.PLANNED_ON


@pytest.fixture
def meeting(cast: Cast, set_clock: Callable[[datetime], None]) -> Meeting:
    """Two items; UBND is invited, MTTQ is not."""
    set_clock(DAY)
    made = factories.meeting(cast.world)
    factories.invitation(made, cast.world["UBND"])
    return made


def put(cast: Cast, meeting: Meeting, at: int, title: str, content: bytes, name: str = "a.pdf") -> None:
    item = meeting.agenda.get(position=at)
    add_paper(actor=cast.secretary, item=item, title=title, file_name=name, content=content)


def put_long_ago(
    cast: Cast, meeting: Meeting, at: int, title: str, content: bytes, name: str = "a.pdf"
) -> None:
    """A paper from before uploads were looked into: its stored file is what a check would refuse today."""
    good = pdf_sources.scan() if name.endswith("pdf") else pdf_sources.picture("png", (60, 40))
    put(cast, meeting, at, title, good, name)
    stored = files.store(content, f".{name.rpartition('.')[2]}")
    AgendaPaper.objects.filter(title=title).update(file=stored)


def sheet() -> bytes:
    """An empty workbook."""
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


def two(cast: Cast, meeting: Meeting) -> None:
    put(cast, meeting, 1, "Báo cáo", pdf_sources.scan(3))
    put(cast, meeting, 2, "Tờ trình", pdf_sources.scan(2, size=pdf_sources.LANDSCAPE))


def bind(cast: Cast, meeting: Meeting) -> MeetingPack:
    return make_pack(actor=cast.secretary, meeting_id=meeting.pk, progress=lambda done, total: None)


def pages(pack: MeetingPack) -> dict[str, str]:
    """Number and title of each paper to its first and last page, in order of the pages."""
    return {
        f"{part['number']} {part['title']}": "–".join(dict.fromkeys((part["labels"][0], part["labels"][-1])))
        for part in pack.parts
    }


def contents(pack: MeetingPack) -> list[str]:
    """The lines of the contents page."""
    with pdfplumber.open(io.BytesIO(files.read(pack.file))) as pdf:
        text: str = pdf.pages[1].extract_text()
        return text.splitlines()


def issued(cast: Cast, meeting: Meeting, *addressees: str) -> Document:
    """An invitation in the register."""
    series = factories.issuer(cast.world["TTHDND"]).series.get()
    content = pdf_sources.scan()
    made = Document(
        issuer=series.issuer, organization=meeting.host, doc_type=DocumentType.INVITATION, year=2026, series=series,
        number=31, symbol="31/GM-HĐND", issued_on=date(2026, 6, 15), subject="Mời họp", signer_name="Nguyễn Đình Lâm",
        file=files.store(content, ".pdf"), sha256=files.digest(content), about=meeting,
    )  # fmt: skip
    made.full_clean(exclude=["content_type"])
    made.save()
    made.addressees.set([cast.world[code] for code in addressees])
    return made


class TestBinding:
    def test_invitation_programme_and_papers_in_order_of_the_agenda(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        two(cast, meeting)
        issued(cast, meeting, "UBND")
        pack = bind(cast, meeting)
        assert pages(pack) == {
            "1 Giấy mời 31/GM-HĐND": "1", "2 Chương trình": "2", "3 Báo cáo": "3–5", "4 Tờ trình": "6–7",
        }  # fmt: skip
        assert (pack.number, pack.page_count, pack.left_out, pack.made_by) == (1, 9, [], cast.secretary)
        assert verbs(meeting)[-1] == "meetings.pack.bound"
        assert contents(pack) == [
            "MỤC LỤC", "Số Tài liệu Trang", "01 Giấy mời 31/GM-HĐND 1", "02 Chương trình 2", "1. Nội dung thứ 1",
            "03 Báo cáo 3–5", "2. Nội dung thứ 2", "04 Tờ trình 6–7", "ii",
        ]  # fmt: skip
        content = files.read(pack.file)
        assert faults(content, tables=2) == []  # the contents and the programme
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert [page.label for page in pdf.pages] == ["i", "ii", *"1234567"]
            assert len(pdf.pages) == pack.page_count

    def test_a_late_paper_leaves_every_page_as_it_was_printed(
        self, cast: Cast, meeting: Meeting, set_clock: Callable[[datetime], None]
    ) -> None:
        two(cast, meeting)
        first = bind(cast, meeting)
        set_clock(DAY + timedelta(days=2))
        put(cast, meeting, 1, "Báo cáo bổ sung", pdf_sources.scan(2))
        second = bind(cast, meeting)
        assert pages(first) == {"1 Chương trình": "1", "2 Báo cáo": "2–4", "3 Tờ trình": "5–6"}
        assert pages(second) == {
            "1 Chương trình": "1", "2 Báo cáo": "2–4", "2a Báo cáo bổ sung": "4a–4b", "3 Tờ trình": "5–6",
        }  # fmt: skip
        lines = contents(second)
        assert lines[lines.index("02a Báo cáo bổ sung 4a–4b") + 1] == "bổ sung ngày 17/06/2026"
        set_clock(DAY + timedelta(days=3))
        put(cast, meeting, 2, "Tờ trình", pdf_sources.scan(1))  # the next version, shorter
        third = bind(cast, meeting)
        assert pages(third)["3 Tờ trình, bản 2"] == "5"
        assert "bổ sung ngày 17/06/2026" in contents(third)
        assert [files.read(pack.file)[:5] for pack in (first, second, third)] == [b"%PDF-"] * 3

    def test_what_cannot_be_printed_is_named_and_the_rest_is_bound(
        self, cast: Cast, meeting: Meeting
    ) -> None:
        two(cast, meeting)
        put_long_ago(cast, meeting, 1, "Mật", pdf_sources.with_password())
        put_long_ago(cast, meeting, 1, "Hỏng", b"%PDF-1.7 cut off")
        put_long_ago(cast, meeting, 2, "Ảnh", b"\x89PNG\r\n\x1a\n....", name="anh.png")
        put(cast, meeting, 2, "Bảng", sheet(), name="bang.xlsx")
        put(cast, meeting, 2, "Sơ đồ", pdf_sources.picture("jpeg", (60, 40)), name="so-do.jpg")
        pack = bind(cast, meeting)
        assert pack.left_out == [
            {"title": "Mật", "why": "tệp có mật khẩu"},
            {"title": "Hỏng", "why": "tệp hỏng, không đọc được"},
            {"title": "Ảnh", "why": "ảnh hỏng, không đọc được"},
            {"title": "Bảng", "why": "tệp kèm theo, không in (Excel)"},
        ]
        assert pages(pack) == {
            "1 Chương trình": "1", "2 Báo cáo": "2–4", "3 Tờ trình": "5–6", "4 Sơ đồ": "7",
        }  # fmt: skip
        assert contents(pack)[4:8] == ["02 Báo cáo 2–4", "Mật –", "tệp có mật khẩu", "Hỏng –"]

    def test_a_signed_paper_says_that_this_is_a_copy(self, cast: Cast, meeting: Meeting) -> None:
        put(cast, meeting, 1, "Đã ký", pdf_sources.signed())
        assert "bản in trong tập; bản ký số là tài liệu gốc" in contents(bind(cast, meeting))

    def test_the_same_papers_give_the_same_version(self, cast: Cast, meeting: Meeting) -> None:
        two(cast, meeting)
        assert bind(cast, meeting) == bind(cast, meeting)
        meeting.agenda.filter(position=1).update(title="Nội dung đã sửa")
        assert bind(cast, meeting).number == 2

    def test_an_annex_of_300_pages(self, cast: Cast, meeting: Meeting) -> None:
        put(cast, meeting, 1, "Phụ lục", pdf_sources.scan(300))
        pack = bind(cast, meeting)
        assert (pages(pack)["2 Phụ lục"], pack.page_count) == ("2–301", 303)


class TestRefusals:
    def test_nothing_to_bind(self, cast: Cast, meeting: Meeting) -> None:
        with refused(DomainError):
            start_pack(actor=cast.secretary, meeting=meeting)

    def test_nothing_that_can_be_printed(self, cast: Cast, meeting: Meeting) -> None:
        put_long_ago(cast, meeting, 1, "Mật", pdf_sources.with_password())
        with refused(DomainError) as caught:
            bind(cast, meeting)
        assert "Mật: tệp có mật khẩu" in caught.value.message

    @pytest.mark.parametrize("title", ["Báo cáo ☑", "Báo cáo 漢"])
    def test_letters_that_cannot_be_printed_are_named_with_their_place(
        self, cast: Cast, meeting: Meeting, title: str
    ) -> None:
        put(cast, meeting, 1, title, pdf_sources.scan())
        with refused(DomainError) as caught:
            bind(cast, meeting)
        assert caught.value.message.startswith(f"“{title}”: ")
        assert f"U+{ord(title[-1]):04X}" in caught.value.message

    def test_two_who_bind_at_once(self, cast: Cast, meeting: Meeting) -> None:
        """The second to finish is told, and the first one's version stands."""
        two(cast, meeting)

        def quicker(done: int, total: int) -> None:
            if not meeting.packs.exists():
                bind(cast, meeting)
                meeting.agenda.filter(position=1).update(title="Sửa")

        with pytest.raises(DomainError, match="Người khác vừa lập một bản mới"):
            make_pack(actor=cast.secretary, meeting_id=meeting.pk, progress=quicker)
        assert meeting.packs.count() == 1

    @pytest.mark.parametrize("person", ["leader", "delegate", "partner", "outsider"])
    def test_only_the_secretariat_binds(self, cast: Cast, meeting: Meeting, person: str) -> None:
        two(cast, meeting)
        with refused(PermissionDenied):
            start_pack(actor=getattr(cast, person), meeting=meeting)
        with refused(PermissionDenied):
            make_pack(actor=getattr(cast, person), meeting_id=meeting.pk, progress=lambda done, total: None)

    def test_a_meeting_that_is_called_off(self, cast: Cast, meeting: Meeting) -> None:
        two(cast, meeting)
        meeting.state = MeetingState.CANCELLED
        with refused(DomainError):
            start_pack(actor=cast.secretary, meeting=meeting)

    def test_too_heavy(self, cast: Cast, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
        two(cast, meeting)
        monkeypatch.setattr("meetings.services.packs.LIMIT", 1000)
        with refused(DomainError):
            start_pack(actor=cast.secretary, meeting=meeting)


class TestWhoMayOpen:
    def test_whoever_may_open_all_that_is_in_it(self, cast: Cast, meeting: Meeting) -> None:
        two(cast, meeting)
        open_to_all = bind(cast, meeting)
        issued(cast, meeting)  # an invitation that is not addressed to UBND
        closed = bind(cast, meeting)
        seen = {name: packs_of(person, meeting) for name, person in cast.persons().items() if person}
        assert seen == {
            "secretary": [closed, open_to_all], "leader": [closed, open_to_all], "delegate": [closed, open_to_all],
            "partner": [open_to_all], "agency": [], "outsider": [], "admin": [],
        }  # fmt: skip

    def test_reading_costs_the_same_for_one_paper_and_for_thirty(
        self, cast: Cast, meeting: Meeting, django_assert_num_queries: Any
    ) -> None:
        put(cast, meeting, 1, "Báo cáo 0", pdf_sources.scan())
        with django_assert_num_queries(3):
            sources_of(meeting)
        for number in range(1, 30):
            put(cast, meeting, 1, f"Báo cáo {number}", pdf_sources.scan(1 + number % 2))
        put(cast, meeting, 1, "Báo cáo 1", pdf_sources.scan(5))
        with django_assert_num_queries(3):
            assert len(sources_of(meeting)) == 30


class TestPages:
    def test_from_the_button_to_the_file(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        two(cast, meeting)
        client.force_login(cast.secretary)
        address = reverse("meetings:meeting_packs", args=[meeting.pk])
        assert "Chưa lập tập nào. Có 2 tài liệu để đưa vào tập." in client.get(address).content.decode()
        response = client.post(reverse("meetings:pack_make", args=[meeting.pk]))
        job = Job.objects.get()
        assert response["Location"] == reverse("jobs:job", args=[job.pk])
        assert (job.title, job.back) == (f"Tập tài liệu: {meeting.title}", address)
        assert (
            client.post(reverse("meetings:pack_make", args=[meeting.pk]))["Location"] == response["Location"]
        )
        assert f'href="/viec/{job.pk}/">Đang lập tập, xem đến đâu' in client.get(address).content.decode()
        run(job_id=job.pk)
        job.refresh_from_db()
        pack = MeetingPack.objects.get()
        assert (job.error, job.file, job.page) == ("", pack.file, address)
        page = client.get(address).content.decode()
        assert "Tài liệu chưa thay đổi từ bản 1." in page
        assert "Lập bản" not in page
        opened = client.get(reverse("meetings:pack_file", args=[pack.pk]))
        assert b"".join(opened.streaming_content) == files.read(pack.file)
        assert opened["Content-Disposition"] == f'inline; filename="tap-tai-lieu-{meeting.pk}-ban-1.pdf"'
        put(cast, meeting, 1, "Bổ sung", pdf_sources.scan())
        assert "Lập bản 2</button>" in client.get(address).content.decode()

    def test_a_guest_sees_the_versions_and_no_button(
        self, cast: Cast, meeting: Meeting, client: Client
    ) -> None:
        two(cast, meeting)
        pack = bind(cast, meeting)
        client.force_login(cast.partner)
        page = client.get(reverse("meetings:meeting_packs", args=[meeting.pk])).content.decode()
        assert f'href="{reverse("meetings:pack_file", args=[pack.pk])}">Bản 1</a>' in page
        assert "<button" not in page.split("<main")[1].split("</main>")[0]

    def test_a_refusal_is_told_on_the_page(self, cast: Cast, meeting: Meeting, client: Client) -> None:
        client.force_login(cast.secretary)
        response = client.post(reverse("meetings:pack_make", args=[meeting.pk]), follow=True)
        assert (
            "Chưa có giấy mời hay tài liệu nào. Thêm tài liệu vào chương trình rồi lập tập."
            in response.content.decode()
        )
