"""A draft edited in Word comes back: what Word does is understood, what differs is shown, nothing is lost."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from documents.choices import VersionSource
from documents.differences import differences
from documents.draft_paper import content_of, draft_paper
from documents.models import Draft, DraftVersion
from documents.paper.word import paper_docx
from documents.paper.word_reading import read_docx
from documents.services import word_upload
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, submitted, written

W = nsdecls("w")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def body_of(*paragraphs: str, extra: Any = None) -> str:
    """What is read of a Word file with these paragraphs in XML."""
    document = WordDocument()
    for xml in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    if extra:
        extra(document)
    return read_docx(saved(document)).body


def p(inner: str, properties: str = "") -> str:
    return f"<w:p {W}>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


TRACK = 'w:id="1" w:author="A" w:date="2026-06-01T00:00:00Z"'


class TestReading:
    @pytest.mark.parametrize(
        ("xml", "line"),
        [
            (p(r("Giữ ") + r("đậm", "<w:b/>") + r(" và ") + r("nghiêng", "<w:i/>")), "Giữ **đậm** và *nghiêng*"),
            (p(r("Chữ ") + r("rời", "<w:b/>") + r("ra", "<w:b/>")), "Chữ **rờira**"),
            (p(r("Điều 3. ", "<w:b/>") + r("Giao Sở Xây dựng thực hiện.")), "Điều 3. Giao Sở Xây dựng thực hiện."),
            (p(f'<w:ins {TRACK}>{r("thêm ")}</w:ins><w:del {TRACK}><w:r><w:delText>bỏ </w:delText></w:r></w:del>{r("còn")}'), "thêm còn"),
            (p(f'<w:moveFrom {TRACK}>{r("cũ ")}</w:moveFrom><w:moveTo {TRACK}>{r("chuyển tới")}</w:moveTo>'), "chuyển tới"),
            (p(f'<w:hyperlink>{r("liên kết")}</w:hyperlink>'), "liên kết"),
            (p(r("một") + "<w:r><w:tab/></w:r>" + r("hai")), "một hai"),
            (p(r("một") + "<w:r><w:br/></w:r>" + r("hai")), "một\nhai"),
            (f"<w:sdt {W}><w:sdtContent>{p(r('trong khung'))}</w:sdtContent></w:sdt>", "trong khung"),
            (p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>' + r("01/7")), "01/7"),
            (p(r("giá 5 * 3 * 2")), "giá 5 * 3 * 2"),
            (p(r("x") + r("a", "<w:i/>") + r("y")), "xay"),  # marks that would not be read back are left out
        ],
    )  # fmt: skip
    def test_what_word_writes(self, xml: str, line: str) -> None:
        assert body_of(xml) == line

    def test_a_paragraph_whose_mark_was_deleted_runs_on(self) -> None:
        first = p(r("nửa đầu "), f"<w:rPr><w:del {TRACK}/></w:rPr>")
        assert body_of(first, p(r("nửa sau"))) == "nửa đầu nửa sau"

    def test_automatic_numbers_are_written_out(self) -> None:
        def lists(document: Any) -> None:
            part = document.part.numbering_part.element
            levels = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
                for at, (kind, text) in enumerate(
                    (("decimal", "%1."), ("lowerLetter", "%2)"), ("decimal", "%1.%3."))
                )
            )
            abstract = parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{levels}</w:abstractNum>')
            part.insert(0, abstract)
            part.append(parse_xml(f'<w:num {W} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

        def item(text: str, level: int) -> str:
            return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')

        rows = [
            item("Một", 0),
            item("thứ nhất", 1),
            item("thứ hai", 1),
            item("Hai", 0),
            item("lại", 1),
            item("sâu", 2),
        ]
        assert body_of(*rows, extra=lists) == "1. Một\na) thứ nhất\nb) thứ hai\n2. Hai\na) lại\n2.1. sâu"

    def test_bullets_of_a_style_become_dashes(self) -> None:
        document = WordDocument()
        document.add_paragraph("một việc", style="List Bullet")
        document.add_paragraph("thứ tự", style="List Number")
        assert read_docx(saved(document)).body == "- một việc\n1. thứ tự"

    def test_tables_with_joined_cells_keep_every_word(self) -> None:
        document = WordDocument()
        table = document.add_table(2, 3)
        for row, words in zip(table.rows, (("Stt", "Việc", "Hạn"), ("1", "Rà soát", "30/6")), strict=True):
            for cell, text in zip(row.cells, words, strict=True):
                cell.text = text
        table.cell(1, 1).merge(table.cell(1, 2))
        assert read_docx(saved(document)).body == "| Stt | Việc | Hạn |\n| 1 | Rà soát 30/6 |  |"

    def test_words_beside_the_text_are_named(self) -> None:
        document = WordDocument()
        document.sections[0].header.paragraphs[0].text = "LƯU HÀNH NỘI BỘ"
        box = f"<w:txbxContent>{p(r('Trong hộp'))}</w:txbxContent>"
        document.element.body.insert(0, parse_xml(p(f"<w:r><w:pict>{box}</w:pict></w:r>" + r("Ngoài hộp"))))
        read = read_docx(saved(document))
        assert (read.body, set(read.beside)) == (
            "Ngoài hộp", {("hộp chữ", "Trong hộp"), ("đầu trang", "LƯU HÀNH NỘI BỘ")},
        )  # fmt: skip

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", BLANK])
    def test_what_is_no_word_file_is_said_so(self, content: bytes) -> None:
        with pytest.raises(ValueError, match="DOCX"):
            read_docx(content)


class TestDifferences:
    def test_by_paragraph_and_word(self) -> None:
        found = differences("Một\nGửi trước ngày 30/6.\nBa", "Một\nGửi trước ngày 15/7.\nBa\nBốn")
        shown = [(row.kind, [(part.kind, part.text) for part in row.stretches]) for row in found]
        assert shown == [
            ("same", [("", "Một")]),
            ("changed", [("", "Gửi trước ngày "), ("del", "30/6."), ("ins", "15/7.")]),
            ("same", [("", "Ba")]),
            ("added", [("ins", "Bốn")]),
        ]

    def test_a_table_typed_with_tabs_is_the_same_table(self) -> None:
        assert [row.kind for row in differences("A\tB\n1\t2", "| A | B |\n| 1 | 2 |")] == ["same", "same"]


class TestTaking:
    @pytest.fixture
    def draft(self, cast: Cast) -> Draft:
        letterheads(cast)
        return written(cast)

    def docx(self, draft: Draft, **changes: str) -> bytes:
        """The draft's Word file in which some words were overwritten, run by run."""
        document = WordDocument(io.BytesIO(paper_docx(draft_paper(draft, content_of(draft, clock.today())))))
        for text in document.element.body.iter(qn("w:t")):
            for old, new in changes.items():
                text.text = (text.text or "").replace(old.replace("_", " "), new)
        return saved(document)

    def take(
        self, cast: Cast, draft: Draft, content: bytes, *taken: str, version: int | None = None
    ) -> DraftVersion:
        upload = word_upload.keep_upload(
            actor=cast.secretary, draft=draft, file_name="sua.docx", content=content
        )
        return word_upload.take_word_file(
            actor=cast.secretary, draft=draft, upload=upload, taken=taken, version=version or draft.version
        )

    def test_untouched_it_differs_in_nothing(self, cast: Cast, draft: Draft) -> None:
        read = read_docx(self.docx(draft))
        assert word_upload.changes_in(draft, read) == []
        assert read.body == draft.body

    def test_what_differs_is_shown_and_chosen(self, cast: Cast, draft: Draft) -> None:
        content = self.docx(
            draft, rà_soát_tiến_độ="đôn đốc tiến độ", Như_trên="Như kính gửi", Nguyễn_Đình_Lâm="Trần Thị Hải Yến",
        )  # fmt: skip
        fields = {one.key: one for one in word_upload.changes_in(draft, read_docx(content))}
        assert {key: bool(one.why) for key, one in fields.items()} == {
            "subject": False, "signer": False, "recipients": False,
        }  # fmt: skip
        made = self.take(cast, draft, content, "subject", "signer")
        draft.refresh_from_db()
        assert draft.subject == SUBJECT.replace("Rà soát tiến độ", "Đôn đốc tiến độ")
        assert draft.recipients == "Như trên"
        assert [row.seat.person.code for row in draft.signers.all()] == ["P02"]
        assert "đôn đốc tiến độ" in draft.body
        assert (made.number, made.source, made.file_name, draft.version) == (
            1,
            VersionSource.WORD,
            "sua.docx",
            3,
        )
        assert files.read(made.file) == content

    def test_number_and_date_of_the_file_are_not_taken(self, cast: Cast, draft: Draft) -> None:
        document = WordDocument(io.BytesIO(self.docx(draft)))
        for text in document.element.body.iter(qn("w:t")):
            if (text.text or "").startswith("Số:"):
                text.text = "Số: 77/HĐND"
        fields = word_upload.changes_in(draft, read_docx(saved(document)))
        assert [(one.key, one.theirs, bool(one.why)) for one in fields] == [("symbol", "77/HĐND", True)]

    def test_words_beside_the_text_are_appended_when_chosen(self, cast: Cast, draft: Draft) -> None:
        document = WordDocument(io.BytesIO(self.docx(draft)))
        document.sections[0].footer.is_linked_to_previous = False
        document.sections[0].footer.paragraphs[0].text = "Bản thảo lần 2"
        self.take(cast, draft, saved(document), word_upload.BESIDE)
        draft.refresh_from_db()
        assert draft.body.splitlines()[-1] == "[chân trang trong tệp Word] Bản thảo lần 2"

    @pytest.mark.parametrize(
        ("name", "content"), [("a.docx", b"MZ\x90"), ("a.docx", BLANK), ("a.docx", b"PK\x03\x04")]
    )
    def test_what_is_no_word_file_changes_nothing(
        self, cast: Cast, draft: Draft, name: str, content: bytes
    ) -> None:
        with pytest.raises(DomainError) as refused:
            word_upload.keep_upload(actor=cast.secretary, draft=draft, file_name=name, content=content)
        assert refused.value.field == "file"
        assert not DraftVersion.objects.exists()

    def test_stale_not_open_not_theirs(self, cast: Cast, draft: Draft) -> None:
        content = self.docx(draft)
        with pytest.raises(StaleEdit):
            self.take(cast, draft, content, version=1)
        with pytest.raises(PermissionDenied):
            word_upload.keep_upload(actor=cast.leader, draft=draft, file_name="a.docx", content=content)
        other = submitted(cast)
        with pytest.raises(DomainError):
            word_upload.keep_upload(actor=cast.secretary, draft=other, file_name="a.docx", content=content)
        assert DraftVersion.objects.filter(draft=draft).count() == 0
