"""How an inspection refuses, and the marks by which a program or an archive is known."""

from hdnd.lib.errors import DomainError

PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
"""How programs begin: Windows, Linux, scripts, Java and macOS."""
ARCHIVES = (
    b"PK\x03\x04",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MSCF",
)
"""How archives begin: ZIP, RAR, 7z, gzip, bzip2, xz and cab."""
RUNNABLE = (
    ".exe", ".com", ".scr", ".msi", ".dll", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".jar",
    ".lnk", ".sh", ".apk",
)  # fmt: skip


def refusal(message: str) -> DomainError:
    """A refusal beside the field `file`."""
    return DomainError(message, field="file")


def is_program(content: bytes) -> bool:
    """Whether it begins as a program does."""
    return content.startswith(PROGRAMS)
