"""Numbers and symbols. Source: NĐ 30/2020/NĐ-CP, Điều 15 and Phụ lục I (in force since 5/3/2020)."""

import string
from collections.abc import Sequence

ALLOWED_FIELDS = frozenset({"number", "type", "body", "year"})
DEFAULT_TEMPLATE = "{number}/{type}-{body}"
LEGAL_TEMPLATE = "{number}/{year}/{type}-{body}"
LEGAL_TYPES = frozenset({"NQ", "QĐ"})
"""Types a council or an executive may issue as legal documents: Luật 64/2025/QH15, Điều 4 (nghị quyết of HĐND, quyết
định of UBND). Others of the same type are individual and show no year: 49/NQ-HĐND."""
LETTER_TEMPLATE = "{number}/{body}"
PARTY_TEMPLATE = "{number}-{type}/{body}"
"""13-NQ/TU: number, dash, type, slash, body. Hướng dẫn 36-HD/VPTW (2018); from knowledge, confidence high."""


def padded(number: int) -> str:
    """Numbers below 10 get a leading zero.

    Raises:
        ValueError: below 1.
    """
    if number < 1:
        raise ValueError(f"document number {number}")
    return f"{number:02d}"


def check_template(template: str, *, of_party: bool = False) -> None:
    """Lets a symbol template pass that holds a number and only known fields.

    Args:
        of_party: the body issues papers of the Party, whose number is followed by a dash.

    Raises:
        ValueError: in Vietnamese, with the way out.
    """
    try:
        fields = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise ValueError(
            "Dấu ngoặc nhọn trong mẫu ký hiệu chưa khớp, ví dụ đúng: {number}/{type}-{body}."
        ) from error
    unknown = fields - ALLOWED_FIELDS
    if unknown:
        raise ValueError(
            f"Mẫu ký hiệu có trường không biết: {', '.join(sorted(unknown))}. Chỉ dùng number, type, body, year."
        )
    if of_party and not template.startswith("{number}-"):
        raise ValueError(
            "Mẫu ký hiệu của cơ quan Đảng phải bắt đầu bằng {number}-, ví dụ {number}-{type}/{body}."
        )
    # NĐ 30/2020, Phụ lục I: number, slash, symbol. Papers print it so, and the register must equal them.
    if not of_party and not template.startswith("{number}/"):
        raise ValueError("Mẫu ký hiệu phải bắt đầu bằng {number}/, ví dụ {number}/{type}-{body}.")
    try:
        symbol(template=template, number=1, type_code="GM", body="HĐND", year=2026)
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValueError(
            "Mẫu ký hiệu có định dạng không dùng được. Ví dụ đúng: {number}/{type}-{body}."
        ) from error


def symbol(*, template: str, number: int, type_code: str, body: str, year: int) -> str:
    """The symbol, for instance `31/GM-HĐND`.

    An official letter (công văn) has no type abbreviation: `45/HĐND-VP`, never `45/CV-HĐND`; one of the Party has,
    `45-CV/TU`.
    """
    if type_code == "CV" and not template.startswith("{number}-"):
        separated = ("{type}-", "-{type}", "{type}/", "/{type}", "{type}")
        part = next((part for part in separated if part in template), "")
        template = template.replace(part, "", 1) if part else template
    return template.format(number=padded(number), type=type_code, body=body, year=year)


def joint_body(bodies: Sequence[str]) -> str:
    """The body part of a joint paper's symbol, the lead issuer first: `HĐND-UBND-MTTQ` in 69/QCPH-HĐND-UBND-MTTQ.

    NĐ 30/2020, Phụ lục I, mục II.3: groups of letters are joined by a dash.
    """
    return "-".join(bodies)


def may_be_legal(type_code: str) -> bool:
    """Whether papers of the type can be legal documents (Luật 64/2025/QH15, Điều 4)."""
    return type_code in LEGAL_TYPES
