"""Text into HTML: escaped, composed, without what no paper can hold."""

import html
import re
import unicodedata

# Names that must not be torn apart at a line's end.
_KEPT = re.compile("HỘI ĐỒNG NHÂN DÂN|NHÂN DÂN|THƯỜNG TRỰC|ĐẠI BIỂU QUỐC HỘI|MẶT TRẬN TỔ QUỐC")
_UNPRINTABLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def plain(value: str) -> str:
    """The text composed (NFC), invisible marks gone, control characters as blanks; not escaped."""
    composed = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", value))
    return "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in composed)


def escape(value: str) -> str:
    """The text as HTML, `plain` and escaped."""
    return html.escape(plain(value))


def lines(value: str) -> str:
    """The text with its line breaks, as in a table cell."""
    return "<br>".join(escape(line) for line in value.splitlines())


def phrase(value: str) -> str:
    """Upper case, with the names of state bodies kept on one line."""
    return _KEPT.sub(lambda match: f'<span class="keep">{match[0]}</span>', escape(value.upper()))


def kept_phrase(value: str) -> str:
    """Upper case as plain text, with blanks that do not break inside the names of state bodies."""
    return _KEPT.sub(lambda match: match[0].replace(" ", "\u00a0"), plain(value.upper()))


def ruled(inner: str, outer_class: str) -> str:
    """A centred line with a rule of its own, a third to a half of its length."""
    return f'<div class="{outer_class}"><div class="ruled">{inner}<div class="short-rule"></div></div></div>'
