"""The smallest paper: one blank page, for tests that do not look at what is printed."""

import io

import pikepdf


def _blank() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


BLANK = _blank()
