"""How a cell becomes a value and a value a cell; a refusal says what may stand there."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from import_export.fields import Field
from import_export.widgets import Widget

from hdnd.lib.dates import read_date, short_date
from hdnd.lib.text import fold, nfc

_YES, _NO = {"co", "x", "1", "true", "yes", "dung"}, {"khong", "0", "false", "no", "sai", ""}


class SheetField(Field):
    """A column of a sheet.

    Args:
        required: the column must be there and each of its cells filled.
        note, example: what the template tells about it.
        aliases: other heads under which offices keep it.
    """

    def __init__(
        self, attribute: str, label: str, widget: Widget, *, required: bool = False, column: bool | None = None,
        note: str = "", example: Any = "", aliases: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(attribute=attribute, column_name=label, widget=widget)
        self.required = required
        self.column_required = required if column is None else column
        self.note = note
        self.example = example
        self.aliases = aliases

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """The value.

        Raises:
            ValueError: it may not stand there, or nothing does where something must.
        """
        value = super().clean(row, **kwargs)
        if self.required and value in (None, ""):
            raise ValueError("Ô này không được bỏ trống.")
        return value


class TextWidget(Widget):
    """Text in NFC with single blanks; a number stays as it was typed."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return " ".join(nfc(str(value)).split()) if value is not None else ""

    def render(self, value: Any, **kwargs: Any) -> str:
        return str(value or "")


class OptionalCodeWidget(TextWidget):
    """A code that may be missing; nothing and an empty text are the same."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(value, row, **kwargs) or None


class PhoneWidget(TextWidget):
    """A telephone number; Excel drops the 0 in front of one that is a number to it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        return f"0{text}" if isinstance(value, int) and len(text) == 9 else text


class EmailWidget(TextWidget):
    """A mail address."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value, row, **kwargs)
        try:
            EmailValidator()(text or "trong@coquan.test")
        except ValidationError:
            raise ValueError(
                "Không phải địa chỉ thư điện tử. Ghi dạng ten@coquan.gov.vn, một địa chỉ một ô."
            ) from None
        return text


class DayWidget(Widget):
    """A day in any of the spellings of `hdnd.lib.dates.read_date`."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return read_date(value)

    def render(self, value: Any, **kwargs: Any) -> str:
        return short_date(value) if value else ""


class YearWidget(Widget):
    """A year of four digits."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100):
            raise ValueError("Ghi năm bằng bốn chữ số, ví dụ 1975.")
        return int(text)

    def render(self, value: Any, **kwargs: Any) -> str:
        return str(value or "")


class YesNoWidget(Widget):
    """`có` or `không`; blank is the second."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        word = fold(str(value if value is not None else ""))
        if word not in _YES | _NO:
            raise ValueError("Ghi “có” hoặc “không”.")
        return word in _YES

    def render(self, value: Any, **kwargs: Any) -> str:
        return "có" if value else "không"


class ChoiceWidget(Widget):
    """One of the choices, by its label or its code; accents and case do not matter."""

    def __init__(self, choices: Any, blank: bool = False) -> None:
        super().__init__()
        self.labels = dict(choices)
        self.blank = blank
        self.codes = {fold(name): code for code, label in choices for name in (code, label)}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        word = fold(str(value if value is not None else ""))
        if not word:
            return ""
        if word not in self.codes:
            raise ValueError(f"Không có giá trị này. Ghi một trong: {', '.join(self.labels.values())}.")
        return str(self.codes[word])

    def render(self, value: Any, **kwargs: Any) -> str:
        return str(self.labels.get(value, value or ""))


class LookupWidget(Widget):
    """A row of another table by its code. `table` is filled once per import, so that no cell costs a query."""

    def __init__(self, what: str, shown: str = "code") -> None:
        super().__init__()
        self.what = what
        self.shown = shown
        self.table: Mapping[str, Any] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        code = nfc(str(value)) if value is not None else ""
        if not code:
            return None
        found = self.table.get(fold(code))
        if found is None:
            raise ValueError(
                f"Không có {self.what} “{code}”. Xem trang “Mã dùng được” của tệp mẫu, hoặc nhập {self.what} này trước."
            )
        return found

    def render(self, value: Any, **kwargs: Any) -> str:
        return str(getattr(value, self.shown) or "") if value is not None else ""
