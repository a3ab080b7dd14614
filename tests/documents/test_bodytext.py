"""A clerk's text becomes the blocks of a paper."""

import pytest

from documents.paper.bodytext import body_text, lines_of, runs_of
from documents.paper.model import (
    Align,
    Article,
    Block,
    Clause,
    Heading,
    LegalBasis,
    NumberedItem,
    Paragraph,
    Point,
    Run,
    Table,
    text,
)


def blocks(*lines: str) -> tuple[Block, ...]:
    return body_text("\n".join(lines)).blocks


class TestGrounds:
    def test_they_may_stand_below_who_decides(self) -> None:
        found = blocks("HỘI ĐỒNG NHÂN DÂN", "KHÓA XVIII", "Căn cứ Luật A;", "Căn cứ Luật B.", "QUYẾT NGHỊ:")
        assert [type(block) for block in found] == [Paragraph, Paragraph, LegalBasis, Paragraph]
        only = blocks("HỘI ĐỒNG NHÂN DÂN", "Căn cứ Luật A.", "Căn cứ Luật B;")
        assert not any(isinstance(block, LegalBasis) for block in only)

    def test_they_stand_together_in_italics(self) -> None:
        found = blocks("Căn cứ Luật A;", "Theo đề nghị của Ban B.", "Mở đầu.")
        assert found == (
            LegalBasis(("Căn cứ Luật A;", "Theo đề nghị của Ban B.")),
            Paragraph(text("Mở đầu.")),
        )

    def test_a_sentence_that_begins_alike_is_a_sentence(self) -> None:
        line = "Căn cứ chương trình công tác, Thường trực HĐND tỉnh đề nghị:"
        assert blocks(line) == (Paragraph(text(line)),)


class TestArticles:
    def test_numbered_anew_with_clauses_and_points(self) -> None:
        found = blocks(
            "Điều 4. Phạm vi",
            "1. Một:",
            "a) mười;",
            "b) mười một.",
            "2. Hai.",
            "Điều 9. Hiệu lực",
            "Từ ngày ký.",
        )
        assert found == (
            Article(1, "Phạm vi", (Clause("Một:", (Point("mười;"), Point("mười một."))), Clause("Hai."))),
            Article(2, "Hiệu lực", (Clause("Từ ngày ký.", is_plain=True),)),
        )

    def test_text_on_the_first_line(self) -> None:
        found = blocks("QUYẾT ĐỊNH:", "Điều 1. Thành lập Đoàn giám sát gồm:", "1. Ông A.", "2. Bà B.")
        call, article = found
        assert call == Paragraph((Run("QUYẾT ĐỊNH:", bold=True),), Align.CENTER, indented=False, kept=True)
        assert article == Article(
            1, "", (Clause("Ông A."), Clause("Bà B.")), lead="Thành lập Đoàn giám sát gồm:"
        )

    def test_a_sentence_between_clauses_has_no_number(self) -> None:
        (article,) = blocks("Điều 1. Phạm vi", "Quy chế này quy định:", "1. Một.", "2. Hai.")
        assert isinstance(article, Article)
        assert article.clauses == (
            Clause("Quy chế này quy định:", is_plain=True),
            Clause("Một."),
            Clause("Hai."),
        )


@pytest.mark.parametrize(
    ("lines", "block"),
    [
        (("Chương II", "QUYỀN VÀ TRÁCH NHIỆM"), Heading("Chương II", "QUYỀN VÀ TRÁCH NHIỆM")),
        (("Mục 1. Quy định chung",), Heading("Mục 1", "Quy định chung")),
        (("Phần thứ nhất",), Heading("Phần thứ nhất")),
        (("I. MỤC ĐÍCH",), NumberedItem("I.", "MỤC ĐÍCH")),
        (("1. Thời gian: 8 giờ.",), NumberedItem("1.", "Thời gian", text("8 giờ."))),
        (("1.2. Một việc dài.",), NumberedItem("1.2.", runs=text("Một việc dài."))),
        (("- Việc khác;",), Paragraph(text("- Việc khác;"))),
    ],
)  # fmt: skip
def test_what_a_line_is(lines: tuple[str, ...], block: Block) -> None:
    assert blocks(*lines) == (block,)


def test_an_item_is_a_title_when_text_follows() -> None:
    assert blocks("1. Mục đích", "Nắm tình hình.", "2. Yêu cầu")[0] == NumberedItem("1.", "Mục đích")
    assert blocks("1. Ủy ban nhân dân tỉnh", "2. Sở Tài chính")[0] == NumberedItem(
        "1.", runs=text("Ủy ban nhân dân tỉnh")
    )


@pytest.mark.parametrize(
    "typed",
    [
        "TT\tTên cơ quan\tHạn\n1\tSở Tài chính\t30/6\n2\tSở Y tế",
        "| TT | Tên cơ quan | Hạn |\n|---|---|---|\n| 1 | Sở Tài chính | 30/6 |\n| 2 | Sở Y tế | |",
    ],
)
def test_a_table_fills_the_width(typed: str) -> None:
    (table,) = body_text(typed).blocks
    assert isinstance(table, Table)
    assert [column.header for column in table.columns] == ["TT", "Tên cơ quan", "Hạn"]
    assert table.rows == (("1", "Sở Tài chính", "30/6"), ("2", "Sở Y tế", ""))
    assert [column.align for column in table.columns] == [Align.CENTER, Align.LEFT, Align.CENTER]
    assert sum(column.width_mm for column in table.columns) == pytest.approx(160, abs=0.2)


def test_annexes_keep_their_own_text() -> None:
    found = body_text(
        "Nội dung.\nPHỤ LỤC I\nDanh mục báo cáo\n1. Một.\nPHỤ LỤC II (ngang)\nBiểu số liệu\nA\tB",
        reference="Kèm theo X",
    )
    assert found.blocks == (Paragraph(text("Nội dung.")),)
    assert [(one.title, one.landscape, one.reference) for one in found.annexes] == [
        ("Danh mục báo cáo", False, "Kèm theo X"),
        ("Biểu số liệu", True, "Kèm theo X"),
    ]
    (table,) = found.annexes[1].blocks
    assert isinstance(table, Table)
    assert sum(column.width_mm for column in table.columns) == pytest.approx(247, abs=0.2)


@pytest.mark.parametrize(
    ("line", "runs"),
    [
        ("Giao **Sở Tài chính** trước *30/6*.", (Run("Giao "), Run("Sở Tài chính", bold=True), Run(" trước "), Run("30/6", italic=True), Run("."))),
        ("Số liệu (*) và 2 * 3 * 4", (Run("Số liệu (*) và 2 * 3 * 4"),)),
    ],
)  # fmt: skip
def test_bold_and_italic(line: str, runs: tuple[Run, ...]) -> None:
    assert runs_of(line) == runs


def test_lines_are_composed_and_blank_ones_fall_away() -> None:
    assert lines_of("\tTha\u0309o luâ\u0323n \n\n \t \nA\t B") == ["Thảo luận", "A\tB"]
