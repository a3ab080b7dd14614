"""Liberation Serif (the metrics of Times New Roman) from the system's files, and no font beside it."""

import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from hdnd.lib.pdf.errors import FontMissingError

FAMILY = "Liberation Serif"

# Debian's older fonts-liberation lies in `liberation` and lacks 92 Vietnamese letters, which is why
# the files found are also asked whether they have them.
DIRECTORIES = (
    Path("/usr/share/fonts/truetype/liberation2"),
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/liberation-serif"),
    Path("/usr/local/share/fonts"),
)

# File name, CSS weight, CSS style.
FACES = (
    ("LiberationSerif-Regular.ttf", "400", "normal"),
    ("LiberationSerif-Italic.ttf", "400", "italic"),
    ("LiberationSerif-Bold.ttf", "700", "normal"),
    ("LiberationSerif-BoldItalic.ttf", "700", "italic"),
)

_VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơư" + "".join(chr(code) for code in range(0x1EA0, 0x1EFA))

# A cache directory and nothing else: with the system's fonts visible, Pango would take a missing
# letter from whatever font has it, without a word.
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{directory}</cachedir></fontconfig>
"""


class _Process:
    """The one font configuration of this process, and the lock that lends it."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Nothing made yet, the lock free."""
        self.lock = threading.RLock()
        self.configuration: Any = None

    def forget(self) -> None:
        """In a forked child: it makes its own, and must not delete its parent's font files on exit."""
        if self.configuration is not None:
            self.configuration._folder = None
        self.start()


_process = _Process()
os.register_at_fork(after_in_child=_process.forget)


@cache
def font_files(directories: tuple[Path, ...] = DIRECTORIES) -> dict[str, Path]:
    """The four faces, file name to path, from the first directory that has them with all Vietnamese letters.

    Raises:
        FontMissingError: no directory has them; the message names the package.
    """
    for directory in directories:
        files = {name: directory / name for name, _weight, _style in FACES}
        if all(path.is_file() for path in files.values()) and _speaks_vietnamese(files.values()):
            return files
    raise FontMissingError([str(directory) for directory in directories])


def text_width_mm(text: str, size_pt: float, *, bold: bool = False) -> float:
    """How wide the text is in mm, set in one line; a letter the font lacks counts as a blank."""
    advances, units = _advances(f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf")
    blank = advances[ord(" ")]
    return sum(advances.get(ord(letter), blank) for letter in text) / units * size_pt * 25.4 / 72


def glyphs(text: str) -> list[int]:
    """The numbers of the regular face's glyphs; a letter the font lacks is its blank."""
    by_letter = _glyphs()
    return [by_letter.get(ord(letter), by_letter[ord(" ")]) for letter in text]


@cache
def _glyphs() -> dict[int, int]:
    from fontTools.ttLib import TTFont

    with TTFont(font_files()["LiberationSerif-Regular.ttf"], lazy=True) as font:
        return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}


def missing_letters(text: str) -> str:
    """The characters of the text that the font has no letter for, each once, in order; blanks and line ends aside."""
    advances, _units = _advances("LiberationSerif-Regular.ttf")
    return "".join(dict.fromkeys(mark for mark in text if ord(mark) not in advances and not mark.isspace()))


@cache
def _advances(file_name: str) -> tuple[dict[int, int], int]:
    """The width of each letter by its code, and how many units make the font's size."""
    from fontTools.ttLib import TTFont

    with TTFont(font_files()[file_name], lazy=True) as font:
        widths = font["hmtx"].metrics
        found = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        return found, font["head"].unitsPerEm


def font_face_css(base: str) -> str:
    """The @font-face rules; the files stand at `base` + file name."""
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{base}{name}"); '
        f"font-weight: {weight}; font-style: {style}; }}\n"
        for name, weight, style in FACES
    )


@contextmanager
def shared_configuration() -> Iterator[Any]:
    """Lends the one FontConfiguration of this process, to one thread at a time.

    A configuration per document grows by 0.2 MB each for ever, and Pango's font map is not safe to
    share between threads that run at once.
    """
    from weasyprint.text.fonts import FontConfiguration

    with _process.lock:
        if _process.configuration is None:
            with _fontconfig_without_fonts():
                _process.configuration = FontConfiguration()
        yield _process.configuration


def _speaks_vietnamese(files: Iterable[Path]) -> bool:
    from fontTools.ttLib import TTFont

    for path in files:
        with TTFont(path, lazy=True) as font:
            letters = font.getBestCmap()
        if not all(ord(letter) in letters for letter in _VIETNAMESE):
            return False
    return True


@contextmanager
def _fontconfig_without_fonts() -> Iterator[None]:
    """Points fontconfig to our configuration while it is read, and not longer: child processes inherit
    the environment, and a browser started by one of them needs its fonts."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="hdnd-fonts-") as directory:
        file = Path(directory) / "fonts.conf"
        file.write_text(_FONTCONFIG.format(directory=directory), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before
