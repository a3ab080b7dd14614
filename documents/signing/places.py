"""Where signatures stand on a paper (NĐ 30/2020/NĐ-CP, Phụ lục I, mục II.7 and II.8; in force since 5/3/2020).

Found in the PDF itself: `documents.paper.closing` makes each signer's name a named destination. Lengths are points,
counted from the lower left corner of the page, unless the name says mm.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.paper.closing import name_anchor
from documents.paper.layout import LAYOUT
from hdnd.lib.errors import DomainError

MM = 72 / 25.4
Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""

SIGNATURE_MM = (46.0, 18.0)
"""The most a signature's picture takes, width and height: it fits between title and name even under a note (22 mm)."""

WORDS_MM = (62.0, 10.5)
"""Three lines of 7 pt where there is no picture."""

SEAL_MM = 36.0
"""The seal's picture is as large as the seal: 36 mm is the circle of a province's state bodies."""

MIDDLE_MM = 12.5  # of what the person leaves, above the name's upper edge
SEAL_MIDDLE_MM = 16.0  # a little higher, so that it leaves the name legible
SEAL_OVER = 1 / 3  # of the signature's picture, on its left (mục II.8.c)
UPPER_MIDDLE_MM, LOWER_MIDDLE_MM = 17.0, 6.0  # of person and organization where words stand for the seal

ANNEX_MM = (80.0, 12.0)  # three lines of 10 pt
ANNEX_TOP_MM = 7.0  # below the page's upper edge; ends before the text begins

_ANCHOR = re.compile(r"ky-(\d)-(\d)-")


@dataclass(frozen=True)
class Place:
    """The space above a signer's name.

    Attributes:
        page: from 0.
        left: of the signer's column, in points.
        name_top: the upper edge of the name, in points.
        width: of the column, in points.
        at: which of the signers, from 1.
    """

    anchor: str
    page: int
    left: float
    name_top: float
    width: float
    at: int

    @property
    def middle(self) -> float:
        """The centre line of the column."""
        return self.left + self.width / 2


def places_of(pdf: bytes) -> list[Place]:
    """The signers' places of a paper made here, from left to right; none for any other PDF."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = opened.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        if names is None:
            return []
        pages: dict[object, int] = {page.objgen: at for at, page in enumerate(opened.pages)}
        found = []
        for anchor, target in pikepdf.NameTree(names).items():
            match = _ANCHOR.match(anchor)
            if match is None or not isinstance(target, pikepdf.Array):
                continue
            number = pages[target[0].objgen]
            right = float(opened.pages[number].mediabox[2]) - LAYOUT.margin_right_mm * MM
            at, total = int(match[1]), int(match[2])
            left = float(target[2])  # type: ignore[arg-type]
            # Columns are equally wide: what is left of this one up to the margin is shared by it and those after it.
            width = (right - left) / (total - at + 1)
            found.append(Place(anchor, number, left, float(target[3]), width, at))  # type: ignore[arg-type]
    return sorted(found, key=lambda place: place.at)


def place_for(places: Sequence[Place], name: str) -> Place:
    """The place above this name; the only place, or the last, where no name is alike.

    Raises:
        DomainError: the PDF has no place to sign.
    """
    if not places:
        raise DomainError(
            "Tệp này không có chỗ ký nên không đặt được chữ ký. Chỉ ký được ở đây văn bản do hệ thống lập; "
            "văn bản khác ký bằng phần mềm ký rồi tải bản đã ký lên."
        )
    alike = [
        place
        for place in places
        if place.anchor == name_anchor(name, place.at, int(place.anchor.split("-")[2]))
    ]
    return (alike or list(places))[-1]


def person_box(place: Place, ratio: float | None, *, above_words: bool) -> Box:
    """The person's picture, centred between title and name.

    Args:
        ratio: the picture's width by its height; None for words in its place.
        above_words: words stand for the organization's seal, below.
    """
    width, height = WORDS_MM
    if ratio is not None:
        most_wide, most_high = SIGNATURE_MM[0], height if above_words else SIGNATURE_MM[1]
        width, height = min(most_wide, most_high * ratio), min(most_high, most_wide / ratio)
    middle = UPPER_MIDDLE_MM if above_words else MIDDLE_MM
    return _around(place.middle, place.name_top + middle * MM, width, height)


def seal_box(place: Place, person: Box) -> Box:
    """The seal over the left third of the signature, never beyond the page's edge."""
    right = person[0] + (person[2] - person[0]) * SEAL_OVER
    middle = max(right - SEAL_MM / 2 * MM, SEAL_MM / 2 * MM)
    return _around(middle, place.name_top + SEAL_MIDDLE_MM * MM, SEAL_MM, SEAL_MM)


def organization_words_box(place: Place) -> Box:
    """Where there is no picture of the seal: words between the signature and the name."""
    return _around(place.middle, place.name_top + LOWER_MIDDLE_MM * MM, *WORDS_MM)


def annex_box(pdf: bytes) -> Box:
    """The upper right corner of page 1, up to the right margin."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0].mediabox
        right, top = float(page[2]) - LAYOUT.margin_right_mm * MM, float(page[3]) - ANNEX_TOP_MM * MM
    width, height = ANNEX_MM
    return (right - width * MM, top - height * MM, right, top)


def size_mm(box: Box) -> tuple[float, float]:
    """Width and height in mm."""
    return ((box[2] - box[0]) / MM, (box[3] - box[1]) / MM)


def _around(x: float, y: float, width_mm: float, height_mm: float) -> Box:
    across, up = width_mm * MM / 2, height_mm * MM / 2
    return (x - across, y - up, x + across, y + up)
