"""The content of a paper as frozen dataclasses; how it looks is the renderer's business.

Texts are plain: renderers escape them. What cannot be a paper raises `PaperError` when it is built.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import takewhile


class PaperError(ValueError):
    """The parts do not make a paper; the message says which."""


class Align(Enum):
    """How a paragraph or a column is set."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Urgency(Enum):
    """The urgency marks of NĐ 30/2020, Phụ lục I, mục II.10.b; the value is (text, frame width in mm)."""

    EXPRESS = ("HỎA TỐC", 30)
    VERY_URGENT = ("THƯỢNG KHẨN", 40)
    URGENT = ("KHẨN", 20)


class Form(Enum):
    """By whose rules a paper is set; the values are those of `choices.PaperForm`.

    The decree leaves the Party and the Front their own forms (NĐ 30/2020, Điều 2). PARTY is Hướng dẫn 36-HD/VPTW of
    2018 (from knowledge, confidence high, not read here). FRONT keeps its own head and symbol inside the decree's measures.
    """

    ND30 = "nd30"
    PARTY = "party"
    FRONT = "front"


@dataclass(frozen=True)
class Letterhead:
    """The issuing body in bold, the body above it (if it is named) in plain; a line of the head each.

    HĐND and UBND have none above them: both their lines are `name_lines` and bold.
    """

    name_lines: tuple[str, ...]
    superior_lines: tuple[str, ...] = ()
    form: Form = Form.ND30

    def __post_init__(self) -> None:
        if not self.name_lines:
            raise PaperError("a letterhead needs the issuing body's name")


@dataclass(frozen=True)
class Symbol:
    """Number and symbol, `Số: 31/GM-HĐND`; no number yet on a draft."""

    number: int | None
    suffix: str


@dataclass(frozen=True)
class PlaceDate:
    """`Vĩnh Giang, ngày 18 tháng 6 năm 2026`; no day yet on a draft."""

    place: str
    day: date | None


@dataclass(frozen=True)
class DocTitle:
    """The type name (`GIẤY MỜI`) and what it is about, a line each."""

    type_name: str
    subject_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Salutation:
    """`Kính gửi:` and one or more addressees."""

    addressees: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.addressees:
            raise PaperError("Kính gửi needs an addressee")


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `kept` holds it on the page of what follows."""

    runs: tuple[Run, ...]
    align: Align = Align.JUSTIFY
    indented: bool = True
    kept: bool = False


@dataclass(frozen=True)
class Heading:
    """Phần, Chương or Mục: its number line and its title, centred and bold."""

    number: str
    title: str = ""


@dataclass(frozen=True)
class NumberedItem:
    """`1. Nội dung: …`: number and title bold, then the text."""

    number: str
    title: str = ""
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class LegalBasis:
    """The grounds (căn cứ), in italics, each ending with `;`, the last with `.`."""

    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """A point (điểm); its letter follows from its place."""

    text: str


@dataclass(frozen=True)
class Clause:
    """A clause (khoản); its number follows from its place. A plain one is a sentence between them, without a number."""

    text: str
    points: tuple[Point, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True)
class Article:
    """An article (Điều). A single clause stands without a number.

    Attributes:
        lead: what stands on the first line in place of a title, `Điều 1. Ban hành kèm theo Quyết định này …`.
    """

    number: int
    title: str
    clauses: tuple[Clause, ...]
    lead: str = ""


@dataclass(frozen=True)
class Column:
    """A table column; the width in mm."""

    header: str
    width_mm: float
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Tick:
    """A box to tick, alone in a table cell. It is drawn: no face with the measures of Times has one."""

    is_ticked: bool = False


Cell = str | Tick


@dataclass(frozen=True)
class Table:
    """A table whose head repeats on every page; `tall_rows` leaves room for a signature in each row.

    Attributes:
        merged: how many of the first columns join equal neighbours below one another into one cell.
        small: set in the smaller size of books, whose ten columns fill a year.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tall_rows: bool = False
    merged: int = 0
    small: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise PaperError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")

    def span(self, row: int, column: int) -> int:
        """How many rows the cell covers: 0 where one above covers it.

        Cells join only inside those of the column before, so that a morning never reaches into the next day.
        """
        if column >= self.merged:
            return 1
        key = self.rows[row][: column + 1]
        if row and self.rows[row - 1][: column + 1] == key:
            return 0
        following = (other[: column + 1] == key for other in self.rows[row:])
        return sum(1 for _ in takewhile(bool, following))


Block = Paragraph | Heading | NumberedItem | LegalBasis | Article | Table


@dataclass(frozen=True)
class Signer:
    """Who signs: authority lines (`TM. THƯỜNG TRỰC HĐND`, `KT. CHỦ TỊCH`), office, name."""

    title: str
    name: str
    authority: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """One signer stands in the right half; two or three side by side, from left to right."""

    signers: tuple[Signer, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.signers) <= 3:
            raise PaperError(f"one to three signers, got {len(self.signers)}")


@dataclass(frozen=True)
class Recipients:
    """`Nơi nhận`: who gets it, then who keeps it (`VT, P.TH`)."""

    lines: tuple[str, ...]
    archive: str


@dataclass(frozen=True)
class Annex:
    """A phụ lục with page numbers of its own; `reference` says to which paper it belongs."""

    title: str
    blocks: tuple[Block, ...]
    reference: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper. `about` (V/v) is for official letters, which have no type name.

    Attributes:
        name: the title in the file's metadata.
        landscape: the long edge lies across, for a wide table that is no annex (Phụ lục I, mục I.2).
    """

    name: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    title: DocTitle | None = None
    about: str = ""
    symbol: Symbol | None = None
    place_date: PlaceDate | None = None
    urgency: Urgency | None = None
    salutation: Salutation | None = None
    signature: SignatureBlock | None = None
    recipients: Recipients | None = None
    annexes: tuple[Annex, ...] = ()
    landscape: bool = False

    def __post_init__(self) -> None:
        if (self.title is None) == (not self.about):
            raise PaperError("a paper has either a type name or, as an official letter, a V/v line")

    @property
    def form(self) -> Form:
        """By whose rules it is set: those of the body that issues it."""
        return self.letterhead.form


def text(value: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """A single run, for paragraphs in one style."""
    return (Run(value, bold=bold, italic=italic),)


def paragraphs(value: str) -> tuple[Paragraph, ...]:
    """A typed text with line breaks as paragraphs; empty lines fall away."""
    return tuple(Paragraph(text(line.strip())) for line in value.splitlines() if line.strip())
