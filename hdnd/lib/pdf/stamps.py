"""A page's number in the pack, printed at its bottom right corner as page furniture."""

import io

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from hdnd.lib.pdf.fonts import glyphs, text_width_mm

SIZE_PT = 11.0
FROM_RIGHT_PT = 42.5  # 15 mm: the narrowest right margin of NĐ 30/2020, Phụ lục I, mục I.3
FROM_BOTTOM_PT = 28.3  # 10 mm: inside its bottom margin of 20 mm
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MM = 72 / 25.4


class Stamp:
    """Prints numbers in Liberation Serif, which it embeds in the pack once."""

    def __init__(self, pack: Pdf) -> None:
        self._pack = pack
        self._font = _font(pack)

    def put(self, page: Page, label: str) -> None:
        """Prints the label where the reader sees the bottom right corner, however the page is turned."""
        box = [float(edge) for edge in page.cropbox]
        left, bottom = min(box[0], box[2]), min(box[1], box[3])
        width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
        turn, wide = _turned(int(page.rotation), width, height)
        at = wide - FROM_RIGHT_PT - text_width_mm(label, SIZE_PT) * _MM
        codes = "".join(f"{glyph:04x}" for glyph in glyphs(label))
        form = self._pack.make_stream(
            f"BT /F {SIZE_PT:g} Tf {at:.2f} {FROM_BOTTOM_PT:g} Td <{codes}> Tj ET".encode(),
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, wide, width + height - wide]),
            Resources=Dictionary(Font=Dictionary(F=self._font)),
        )  # fmt: skip
        name = page.add_resource(form, Name.XObject, _free_name(page, label))
        # What the page's own content leaves set must not turn or scale the number.
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(
            b"\nQ\n/Artifact <</Type /Pagination>> BDC\nq 1 0 0 1 %.2f %.2f cm %b cm %b Do Q\nEMC\n"
            % (left, bottom, turn, str(name).encode())
        )


def _free_name(page: Page, label: str) -> Name:
    """Pages may share their resources, and a pack may be bound into another."""
    taken = page.resources.get("/XObject", Dictionary())
    name = f"/PackNumber{label}"
    while name in taken:
        name += "-"
    return Name(name)


def _turned(rotation: int, width: float, height: float) -> tuple[bytes, float]:
    """From what the reader sees to the page's own axes, and how wide the reader sees it."""
    match rotation % 360:
        case 90:
            return b"0 1 -1 0 %.2f 0" % width, height
        case 180:
            return b"-1 0 0 -1 %.2f %.2f" % (width, height), width
        case 270:
            return b"0 -1 1 0 0 %.2f" % height, height
        case _:
            return b"1 0 0 1 0 0", width


def _font(pack: Pdf) -> Object:
    """The font as the engine embeds it: its codes are the font's own glyph numbers, and it says what they mean."""
    from hdnd.lib.pdf.engine import render_pdf

    sheet = render_pdf(f"<p style=\"font: 10pt 'Liberation Serif'\">{_SIGNS}</p>", title="")
    with Pdf.open(io.BytesIO(sheet)) as source:
        (font,) = [font for _name, font in source.pages[0].Resources.Font.items()]
        # The source closes, and with it what is read from it late.
        for stream in (font.ToUnicode, font.DescendantFonts[0].FontDescriptor.FontFile2):
            stream.write(stream.read_bytes())
        return pack.copy_foreign(font)
