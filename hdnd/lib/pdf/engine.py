"""HTML to PDF/A-2a with WeasyPrint: own files only, one font family, the same bytes each time."""

import gc
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from hdnd.lib.pdf.errors import ForeignResourceError, MissingGlyphError
from hdnd.lib.pdf.finishing import finish, finish_stamp
from hdnd.lib.pdf.fonts import font_face_css, font_files, shared_configuration

# The address under which a document's own pictures are served: `<img src="{ASSET_BASE}seal">`. It is
# never looked up: the fetcher answers from memory or refuses. `.invalid` can belong to nobody.
ASSET_BASE = "https://paper.invalid/asset/"
_FONT_BASE = "https://paper.invalid/font/"
_NOTDEF = ".notdef glyph rendered"
_COLLECTED_AFTER = 200_000
"""New objects between two collections while a document is set; Python's own 700 suits short requests."""


def render_pdf(
    html: str,
    *,
    title: str,
    lang: str = "vi",
    author: str = "",
    assets: Mapping[str, tuple[bytes, str]] | None = None,
) -> bytes:
    """Renders a complete HTML document to a tagged PDF/A-2a.

    Args:
        html: the document with its style sheet inside; text already escaped.
        title: the document title in the PDF's metadata.
        lang: the language tag in the PDF's catalogue.
        author: the issuing body, for the metadata; empty for none.
        assets: the pictures it may use, name to (content, media type), at `ASSET_BASE` + name.

    Returns:
        The PDF; equal input gives equal bytes.

    Raises:
        FontMissingError: Liberation Serif is not installed.
        ForeignResourceError: the HTML asks for any other file or address.
        MissingGlyphError: the text has a character that the font lacks.
    """
    return finish(_written(html, title=title, lang=lang, author=author, assets=assets, variant="pdf/a-2a"))


def render_stamp(html: str, *, assets: Mapping[str, tuple[bytes, str]] | None = None) -> bytes:
    """Renders a picture to be drawn into another PDF: without tags, whose numbers would mean nothing there.

    Raises:
        FontMissingError, ForeignResourceError, MissingGlyphError: as `render_pdf`.
    """
    return finish_stamp(_written(html, title="", lang="vi", author="", assets=assets, variant=None))


def _written(
    html: str,
    *,
    title: str,
    lang: str,
    author: str,
    assets: Mapping[str, tuple[bytes, str]] | None,
    variant: str | None,
) -> bytes:
    import weasyprint  # takes half a second: not when the web process starts
    from weasyprint.urls import FatalURLFetchingError

    fetcher = _fetcher(dict(assets or {}))
    with shared_configuration() as configuration, _seldom_collected(), _missing_glyphs() as missing:
        faces = weasyprint.CSS(
            string=font_face_css(_FONT_BASE), font_config=configuration, url_fetcher=fetcher
        )
        try:
            document = weasyprint.HTML(string=html, base_url=ASSET_BASE, url_fetcher=fetcher).render(
                font_config=configuration, stylesheets=[faces]
            )
            document.metadata.title = title
            document.metadata.lang = lang
            document.metadata.authors = [author] if author else []
            # Compressed once, by `finish`, which would have to undo it first.
            raw = document.write_pdf(pdf_variant=variant, uncompressed_pdf=True)
        except FatalURLFetchingError as error:
            # A BaseException: `except Exception` above us would let it end the worker's thread.
            raise ForeignResourceError(str(error)) from error
    if missing:
        raise MissingGlyphError("".join(missing))
    return bytes(raw)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Lets the cyclic garbage of a layout wait: its boxes all live to the end, and looking through them (and through
    all else the process holds) over and over took a third of the time. Entered by one thread at a time, see
    `shared_configuration`; what a long document leaves behind is still collected on the way.
    """
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _fetcher(assets: Mapping[str, tuple[bytes, str]]) -> Any:
    return _fetcher_class()(assets)


@cache
def _fetcher_class() -> type[Any]:
    """The fetcher class, made on first use: its base class comes with WeasyPrint."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Answers for our fonts and the document's assets from memory and disk, for nothing else."""

        def __init__(self, assets: Mapping[str, tuple[bytes, str]]) -> None:
            super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
            self._assets = assets

        def fetch(self, url: str, headers: object = None) -> Any:
            if url.startswith(_FONT_BASE):
                path = font_files().get(url.removeprefix(_FONT_BASE))
                if path is not None:
                    return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith(ASSET_BASE):
                asset = self._assets.get(url.removeprefix(ASSET_BASE))
                if asset is not None:
                    return URLFetcherResponse(url, asset[0], {"Content-Type": asset[1]})
            raise FatalURLFetchingError(url)

    return OwnFiles


class _GlyphWatch(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(_NOTDEF) and isinstance(record.args, tuple):
            character = str(record.args[0])
            if character not in self.characters:
                self.characters.append(character)


@contextmanager
def _missing_glyphs() -> Iterator[list[str]]:
    """Collects the characters WeasyPrint warns about, whatever the project's logging is set to."""
    from weasyprint.logger import LOGGER

    watch = _GlyphWatch()
    level, disabled = LOGGER.level, LOGGER.disabled
    LOGGER.addHandler(watch)
    LOGGER.setLevel(logging.WARNING)
    LOGGER.disabled = False
    try:
        yield watch.characters
    finally:
        LOGGER.removeHandler(watch)
        LOGGER.setLevel(level)
        LOGGER.disabled = disabled
