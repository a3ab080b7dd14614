"""How NĐ 30/2020/NĐ-CP, Phụ lục I, writes numbers, days and hours."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from hdnd.lib import clock

# The Vietnamese alphabet as lists of points use it: đ after d, no f, j, w, z.
_POINTS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_BLANK = "…"


def document_number(number: int) -> str:
    """`05`, `31`, `128`: below 10 a zero leads (Phụ lục I, mục II.3).

    Raises:
        ValueError: the number is below 1.
    """
    if number < 1:
        raise ValueError(f"a document number starts at 1, got {number}")
    return f"{number:02d}"


def symbol_line(number: int | None, suffix: str) -> str:
    """`Số: 05/GM-HĐND`; without a number a blank stays for the clerk's hand."""
    written = document_number(number) if number is not None else "\u00a0" * 8
    return f"Số: {written}/{suffix}"


def day_month_year(day: date | None) -> str:
    """`ngày 05 tháng 3 năm 2026`: days below 10 and the months 1 and 2 get a zero (Phụ lục I, mục II.4)."""
    if day is None:
        return f"ngày {_BLANK} tháng {_BLANK} năm {_BLANK}"
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def numeric_date(day: date) -> str:
    """`01/7/2026`, the short form inside a sentence, with the same zeros as the long one."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def place_and_date(place: str, day: date | None) -> str:
    """`Vĩnh Giang, ngày 05 tháng 3 năm 2026`."""
    return f"{place}, {day_month_year(day)}"


def hour_minute(moment: datetime) -> str:
    """`07 giờ 30 phút`, `08 giờ 00 phút`, in Vietnam's time."""
    local = clock.local(moment)
    return f"{local.hour:02d} giờ {local.minute:02d} phút"


def roman(number: int) -> str:
    """`I`, `II`, `IV` for chapters and annexes, up to 89.

    Raises:
        ValueError: outside 1 to 89.
    """
    if not 1 <= number < 90:
        raise ValueError(f"no Roman numeral for {number} here")
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written


def point_letter(position: int) -> str:
    """The letter of the n-th point (from 1): a, b, c, d, đ, e, g, …; after y come a1, b1.

    Raises:
        ValueError: the position is below 1.
    """
    if position < 1:
        raise ValueError(f"points count from 1, got {position}")
    turn, index = divmod(position - 1, len(_POINTS))
    return _POINTS[index] + (str(turn) if turn else "")


def percent(part: int, whole: int) -> str:
    """`71,43%`, `50%`: two decimals, rounded half up, decimal comma.

    Raises:
        ValueError: the whole is not positive.
    """
    if whole <= 0:
        raise ValueError("a share needs a positive whole")
    share = (Decimal(100 * part) / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{share:f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def count(number: int) -> str:
    """`06`, `62`, but `0`: a count of people in a sentence, two digits as offices write it."""
    return f"{number:02d}" if number else "0"
