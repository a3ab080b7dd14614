"""PDFs as offices send them: scans, turned, landscape, with a password, broken, signed. Made here, of no real paper."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

A4, LANDSCAPE = (595, 842), (842, 595)


def scan(pages: int = 1, *, size: tuple[int, int] = A4, rotate: int = 0) -> bytes:
    """Untagged pages with one black bar each, from a machine that knows nothing of structure."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=size)
            page.Contents = pdf.make_stream(b"2 0 0 2 0 0 cm 50 50 100 10 re f")  # leaves the axes scaled
            if rotate:
                page.Rotate = rotate
        return saved(pdf)


def picture(kind: str, size: tuple[int, int]) -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    Image.new("RGB", size, "#a4161a").save(written, kind)
    return written.getvalue()


def with_password() -> bytes:
    """Opens with a password only."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        return saved(pdf, encryption=pikepdf.Encryption(owner="o", user="u"))


def signed() -> bytes:
    """A page with a filled signature field; the signature itself proves nothing."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=A4)
        seen = pdf.make_stream(
            b"0 0 100 40 re S", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 40])
        )
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="ky", F=4, Rect=Array([300, 100, 400, 140]),
                V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")), AP=Dictionary(N=seen),
            )
        )  # fmt: skip
        page.Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **how)  # type: ignore[arg-type]
    return written.getvalue()
