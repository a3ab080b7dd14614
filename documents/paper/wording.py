"""The words of a paper that both renderers write: numbers, marks and endings that follow from the content."""

from documents.paper import numbers
from documents.paper.model import (
    Article,
    Clause,
    Form,
    LegalBasis,
    NumberedItem,
    Recipients,
    Salutation,
    Symbol,
)

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
PARTY_STAR = "*"
PARTY_DASHES = "-----"
RECIPIENTS_WORD = "Nơi nhận:"


def symbol_text(symbol: Symbol, form: Form) -> str:
    """`05/GM-HĐND`, or `13-NQ/TU` of the Party; without a number a blank stays for the clerk's hand."""
    written = numbers.symbol_line(symbol.number, symbol.suffix).removeprefix("Số: ")
    return written.replace("/", "-", 1) if form is Form.PARTY else written


def symbol_line(symbol: Symbol, form: Form) -> str:
    """`Số: 05/GM-HĐND`, or `Số 13-NQ/TU` of the Party."""
    return f"Số{'' if form is Form.PARTY else ':'} {symbol_text(symbol, form)}"


def salutation_lines(salutation: Salutation) -> list[str]:
    """`Kính gửi: …` on one line, or the word and a line for each addressee."""
    if len(salutation.addressees) == 1:
        return [f"Kính gửi: {salutation.addressees[0]}."]
    listed = [f"- {name};" for name in salutation.addressees]
    return ["Kính gửi:", *listed[:-1], f"{listed[-1][:-1]}."]


def recipient_lines(recipients: Recipients, form: Form = Form.ND30) -> list[str]:
    """`- Như trên;` and so on, the last `- Lưu: VT, P.TH.`; typed ends are not doubled.

    Those of the Party end with commas, the last is `- Lưu Văn phòng Tỉnh ủy.`.
    """
    end, kept_by = (",", "Lưu") if form is Form.PARTY else (";", "Lưu:")
    sent = [f"- {line.strip().rstrip(';.,')}{end}" for line in recipients.lines]
    return [*sent, f"- {kept_by} {recipients.archive.strip().rstrip(';.')}."]


def basis_lines(basis: LegalBasis) -> list[str]:
    """Each ground ends with `;`, the last with `.`."""
    ends = [";"] * (len(basis.grounds) - 1) + ["."]
    return [ground.strip().rstrip(";.") + end for ground, end in zip(basis.grounds, ends, strict=True)]


def item_title(item: NumberedItem) -> str:
    """`1. Nội dung:` before text, `1. Nội dung` alone, `1.` where the item has no title."""
    if not item.title:
        return item.number
    return f"{item.number} {item.title}{':' if item.runs else ''}"


def article_title(article: Article) -> str:
    """`Điều 1. Phạm vi điều chỉnh`; only the number where text follows on the same line."""
    return f"Điều {article.number}. {article.title}".rstrip()


def clause_lines(article: Article) -> list[str]:
    """Clauses with their numbers (a single one stands without) and points with their letters, in order."""
    is_single = len(article.clauses) == 1
    lines, position = [], 0
    for clause in article.clauses:
        position += not clause.is_plain
        number = "" if is_single or clause.is_plain else f"{position}. "
        lines += [f"{number}{clause.text}", *_points(clause)]
    return lines


def annex_word(position: int, total: int) -> str:
    """`Phụ lục`, or `Phụ lục II` where there are several."""
    return f"Phụ lục {numbers.roman(position)}" if total > 1 else "Phụ lục"


def _points(clause: Clause) -> list[str]:
    return [f"{numbers.point_letter(at)}) {point.text}" for at, point in enumerate(clause.points, start=1)]


def inside(title: str) -> str:
    """A title inside a sentence: `phiên họp thứ 3 …`, but one that begins with an abbreviation stays."""
    first = title.split(maxsplit=1)[0] if title else ""
    return title if first.isupper() and len(first) > 1 else f"{title[:1].lower()}{title[1:]}"
