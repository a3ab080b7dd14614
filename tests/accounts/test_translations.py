"""The compiled catalogue is the one that was written, and fits what it translates."""

import ast
import gettext
import re
from collections.abc import Iterator
from string import Formatter

import pytest
from django.utils import translation

from tests.architecture.source import ROOT

CATALOGUE = ROOT / "hdnd" / "lib" / "locale" / "vi" / "LC_MESSAGES"
# Context, id and plural of an entry are joined so in a compiled catalogue.
CONTEXT = "\x04"
PLACES = re.compile(r"%\(\w+\)[sdr]|%[sd]")
# The greeting and the foot of allauth's mails leave the name of the site out on purpose.
SHORTENED = {"Hello from %(site_name)s!", "Thank you for using %(site_name)s!\n%(site_domain)s"}


def entries() -> Iterator[dict[str, str]]:
    """Entries of the written catalogue: keyword (msgctxt, msgid, msgid_plural, msgstr or msgstr[0]) to text."""
    source = (CATALOGUE / "django.po").read_text(encoding="utf-8")
    for block in re.split(r"\n{2,}", source.strip()):
        entry: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if not line.startswith('"'):
                keyword, line = line.split(" ", 1)
                assert keyword not in entry, f"two entries without a blank line between them: {block}"
            entry[keyword] = entry.get(keyword, "") + ast.literal_eval(line)
        yield entry


def compiled() -> dict[str | tuple[str, int], str]:
    with (CATALOGUE / "django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def test_the_compiled_catalogue_is_the_written_one() -> None:
    written: dict[str | tuple[str, int], str] = {}
    for entry in entries():
        key = f"{entry['msgctxt']}{CONTEXT}{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]
        if "msgid_plural" in entry:
            written[key, 0] = entry["msgstr[0]"]
        else:
            written[key] = entry["msgstr"]
    assert compiled() == written


def test_nothing_is_translated_twice_or_left_empty() -> None:
    keys = [(entry.get("msgctxt"), entry["msgid"]) for entry in entries()]
    assert sorted(keys, key=str) == sorted(set(keys), key=str)
    assert [entry["msgid"] for entry in entries() if not entry.get("msgstr", entry.get("msgstr[0]"))] == []


def places(text: str) -> tuple[list[str], list[str]]:
    """The places to fill in, for `%` and for `str.format`."""
    named = [name for _, name, _, _ in Formatter().parse(text) if name is not None] if "{" in text else []
    return sorted(set(PLACES.findall(text))), sorted(set(named))


def test_translations_fill_in_what_the_originals_do() -> None:
    wrong = [
        entry["msgid"]
        for entry in entries()
        if entry["msgid"] not in SHORTENED
        and places(entry["msgid"]) != places(entry.get("msgstr", entry.get("msgstr[0]", "")))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("Incorrect password.", "Mật khẩu không đúng."),  # allauth's
        ("Null characters are not allowed.", "Có ký tự không hợp lệ (ký tự rỗng)."),  # Django's
        ("Value could not be parsed.", "Không hiểu giá trị này."),  # import-export's
    ],
)
def test_the_catalogue_is_in_use(english: str, vietnamese: str) -> None:
    assert translation.gettext(english) == vietnamese
