"""Words out of stored files, for search: PDF by its text layer, Word by its paragraphs. Within limits, never run."""

import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from hdnd.lib.text import nfc, without_controls

MAX_PAGES = 500
MAX_LETTERS = 500_000
MAX_SECONDS = 20.0
"""Looked at after each page: one page that takes long is finished."""
MAX_PART = 50 * 1024 * 1024
"""Bytes of one XML part of a Word file."""

NO_LAYER, UNREADABLE, CUT, OTHER_KIND = "no_layer", "unreadable", "cut", "other_kind"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Extracted:
    """The words in reading order, single blanks between them.

    Attributes:
        why: why there are none or not all: a scan without a text layer, unreadable, cut at a limit, another kind of
            file; "" when all of it is there.
    """

    text: str
    why: str = ""


def extract(name: str, content: bytes) -> Extracted:
    """The text of a stored file; a file that can't be read has none and says why, and raises nothing."""
    pieces = {".pdf": _of_pdf, ".docx": _of_word}.get(PurePath(name).suffix)
    if pieces is None:
        return Extracted("", OTHER_KIND)
    found: list[str] = []
    letters, ends = 0, time.monotonic() + MAX_SECONDS
    try:
        for piece in pieces(content):
            found.append(piece)
            letters += len(piece)
            if letters > MAX_LETTERS or time.monotonic() > ends:
                return Extracted(_tidy(found), CUT)
    except Exception:  # whatever a broken file makes pypdf or lxml raise: what was read till then is kept
        return Extracted(_tidy(found), UNREADABLE)
    text = _tidy(found)
    return Extracted(text, "" if text else NO_LAYER)


def _tidy(pieces: list[str]) -> str:
    joined = without_controls(" ".join(pieces))
    return nfc(" ".join(joined.split()))[:MAX_LETTERS]


def _of_pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    for page in reader.pages[:MAX_PAGES]:
        yield page.extract_text()


def _of_word(content: bytes) -> Iterator[str]:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in _PARTS:
            if part not in archive.namelist():
                continue
            with archive.open(part) as stream:
                xml = stream.read(MAX_PART)
            # No entity is resolved and nothing is fetched, whatever the part declares.
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            for paragraph in etree.fromstring(xml, parser).iter(f"{_WORD}p"):
                yield "".join(
                    _run(piece) for piece in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
                )


def _run(piece: object) -> str:
    return (getattr(piece, "text", None) or "") if str(getattr(piece, "tag", "")).endswith("}t") else " "
