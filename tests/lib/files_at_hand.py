"""Files as people upload them, and as they should not: made here, so that each says what is wrong with it."""

import io
import zipfile
from collections.abc import Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.blank_pdf import BLANK

EXE = b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode.\r\r\n$"
TYPES = "[Content_Types].xml"
MB = 1024 * 1024


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of these parts, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def word(parts: Mapping[str, bytes | str] | None = None) -> bytes:
    """The bones of a Word file, with more parts."""
    return zipped({TYPES: "<Types/>", "word/document.xml": "<w:document/>", **(parts or {})})


MACROS = word({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
BOMB = word({"word/media/a.xml": b"0" * (20 * MB)})


def lying_bomb() -> bytes:
    """A Word file whose directory says that its large entry is small."""
    made = bytearray(word({"word/media/a.xml": b"0" * (2 * MB)}))
    true, told = (2 * MB).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert made.count(true) == 2  # before the entry and in the directory
    return bytes(made.replace(true, told))


def pdf(**root: object) -> bytes:
    """A blank page whose catalog holds more."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as made:
        for name, value in root.items():
            made.Root[f"/{name}"] = value
        made.save(out)
    return out.getvalue()


def encrypted_pdf(user: str = "mật khẩu") -> bytes:
    """Asks for a password on opening; with "" only on changing."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as made:
        made.save(out, encryption=pikepdf.Encryption(user=user, owner="chủ"))
    return out.getvalue()


def pdf_with_attachment(name: str, content: bytes) -> bytes:
    """Carries another file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BLANK)) as made:
        made.attachments[name] = content
        made.save(out)
    return out.getvalue()


def pdf_bomb(kind: str = "/ObjStm", packed_by: str = "/FlateDecode") -> bytes:
    """An object stream that unpacks to a thousand times its size."""
    import zlib

    packing = zlib.compressobj(9)
    packed = b"".join(packing.compress(b" " * MB) for _ in range(210)) + packing.flush()
    head = f"%PDF-1.5\n1 0 obj\n<</Type {kind} /N 1 /First 4 /Filter {packed_by} /Length ".encode()
    return head + str(len(packed)).encode() + b">>\nstream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


SCRIPTED = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
LAUNCHING = Dictionary(S=Name.Launch, F=String("cmd.exe"))
HIDDEN = Dictionary(S=Name.GoTo, Next=Array([SCRIPTED]))


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 64)) -> bytes:
    """Noise, so that cutting it short cuts the picture."""
    out = io.BytesIO()
    Image.effect_noise(size, 80).save(out, kind)
    return out.getvalue()


def huge_png() -> bytes:
    """50,000 × 50,000 white points in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (11_000, 11_000), 1).save(out, "PNG")
    return out.getvalue()
