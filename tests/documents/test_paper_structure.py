"""Every paper is tagged as what it is: headings in order, one table per table, page furniture left out."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pikepdf import pdfa

from documents.paper.conclusion_notice import conclusion_notice
from documents.paper.html import paper_pdf
from documents.paper.invitation import invitation
from documents.paper.minutes import minutes
from documents.paper.model import (
    Annex,
    Article,
    Clause,
    Column,
    DocTitle,
    Heading,
    NumberedItem,
    Paper,
    Paragraph,
    Point,
    Table,
    text,
)
from documents.paper.signin_sheet import signin_sheet
from documents.paper.work_week import WeekRow, work_week
from tests.documents import paper_samples as samples
from tests.lib.pdf_structure import Structure, faults

COLUMNS = (Column("TT", 12), Column("Họ và tên", 60), Column("Chức vụ", 60))


def rows(count: int, word: str = "Nguyễn Văn") -> tuple[tuple[str, str, str], ...]:
    return tuple((str(at), f"{word} {at}", "Đại biểu\nHĐND tỉnh") for at in range(1, count + 1))


def paper(*blocks: object, **changes: object) -> Paper:
    values: dict[str, object] = {
        "name": "Quyết định", "letterhead": samples.COUNCIL, "title": DocTitle("Quyết định", ("Về nhân sự",)),
        "blocks": blocks,
    }  # fmt: skip
    return Paper(**{**values, **changes})  # type: ignore[arg-type]


def law() -> Paper:
    """All levels, out of order as clerks write them."""
    article = Article(1, "Phạm vi", (Clause("Một", (Point("a"), Point("b"))), Clause("Hai")))
    annex = Annex("Danh sách", (Table(COLUMNS, rows(80)),), reference="Kèm theo", landscape=True)
    return paper(
        NumberedItem("1.", "Mở đầu"), Heading("Chương I", "Quy định chung"), article, NumberedItem("1.", "Mục"), Paragraph(text("Văn bản")),
        Heading("Chương II"), article, annexes=(annex, Annex("Biểu", (Table(COLUMNS, rows(3)),))),
    )  # fmt: skip


def letter() -> Paper:
    """An official letter: what it is about stands in the head."""
    return paper(
        NumberedItem("1.", "Một"), Paragraph(text("Kính gửi")), title=None, about="V/v cử người dự họp"
    )


def long_week() -> Paper:
    """Days whose cell reaches over the end of a page."""
    monday = date(2026, 6, 22)
    return work_week(
        samples.work_week_paper(
            rows=tuple(
                WeekRow(monday + timedelta(days=day), "Sáng", f"Họp {at}, nội dung dài để xuống dòng trong ô")
                for day in range(5)
                for at in range(9)
            )
        )
    )


PAPERS: dict[str, tuple[Callable[[], Paper], int]] = {
    "invitation": (lambda: invitation(samples.invitation_paper()), 0),
    "minutes": (lambda: minutes(samples.minutes_paper(members=60, guests=45)), 2),
    "notice": (lambda: conclusion_notice(samples.notice_paper()), 0),
    "sign-in sheet": (lambda: signin_sheet(samples.signin_paper(guests=60)), 2),
    "week": (lambda: work_week(samples.work_week_paper()), 1),
    "long week": (long_week, 1),
    "law": (law, 2),
    "letter": (letter, 0),
}


@pytest.mark.parametrize("name", PAPERS)
def test_it_reads_as_it_looks(name: str) -> None:
    build, tables = PAPERS[name]
    content = paper_pdf(build())
    assert faults(content, tables=tables) == []
    found = [finding.message for finding in pdfa.validate_written(io.BytesIO(content), "2b").findings]
    assert found == ["pdfaid:conformance is 'A', expected 'B'"]


def test_what_the_walker_says_of_a_paper_that_is_not_mended() -> None:
    """Else the test above could not fail."""
    from hdnd.lib.pdf import engine

    before, engine.finish = engine.finish, lambda raw: raw  # type: ignore[assignment]
    try:
        raw = paper_pdf(law())
    finally:
        engine.finish = before
    found = " ".join(faults(raw, tables=2))
    for fault in (
        "empty /Div",
        "H3 after H1",
        "without scope",
        "tables instead of 2",
        "belongs to nothing",
        "other owners",
    ):
        assert fault in found, found


def test_a_table_over_pages_is_one_with_one_head() -> None:
    one = Structure(paper_pdf(paper(Table(COLUMNS, rows(90)))))
    (table,) = one.of("/Table")
    head, body = one.children(table)
    assert [len(one.children(part)) for part in (head, body)] == [1, 90]
    assert len(one.pdf.pages) > 3


def test_two_tables_that_meet_at_a_page_stay_two() -> None:
    """They are not one because their heads differ."""
    other = (Column("TT", 12), Column("Cơ quan", 60), Column("Chức vụ", 60))
    content = paper_pdf(paper(Table(COLUMNS, rows(15)), Table(other, rows(20, "Sở"))))
    assert faults(content, tables=2) == []
    one = Structure(content)
    first, second = ([one.page_of[cell.Pg.objgen] for cell in one.cells(table)] for table in one.of("/Table"))
    assert (first[-1], second[0]) == (0, 1)


@pytest.mark.parametrize(
    ("build", "levels"),
    [
        (lambda: invitation(samples.invitation_paper()), "H1 H2"),
        (letter, "H1 H2"),
        (law, "H1 H2 H2 H3 H3 H2 H3 H2 H2 H2 H2"),
    ],
)
def test_headings_go_down_one_level_at_a_time(build: Callable[[], Paper], levels: str) -> None:
    one = Structure(paper_pdf(build()))
    kinds = [str(element.S)[1:] for element in one.elements if "/S" in element]
    assert " ".join(kind for kind in kinds if kind.startswith("H")) == levels
