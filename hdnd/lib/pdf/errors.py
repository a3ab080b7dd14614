"""What the PDF engine refuses, each with a Vietnamese message that names the way out."""

from hdnd.lib.errors import DomainError


class PdfError(Exception):
    """A PDF could not be made as asked."""


class FontMissingError(PdfError):
    """The four faces of Liberation Serif are not on this machine."""

    def __init__(self, searched: list[str]) -> None:
        places = ", ".join(searched)
        super().__init__(
            "Máy chủ chưa có phông Liberation Serif đủ chữ tiếng Việt; cài gói fonts-liberation2 "
            "(apt-get install fonts-liberation2). "
            "Liberation Serif with all Vietnamese letters was not found; install the Debian package "
            f"fonts-liberation2. Searched: {places}"
        )
        self.searched = searched


class ForeignResourceError(PdfError):
    """The HTML named a picture, style sheet or font that is not one of our own files."""

    def __init__(self, url: str) -> None:
        super().__init__(f"Tệp in chỉ dùng tài nguyên của hệ thống, không tải {url}")
        self.url = url


class MissingGlyphError(DomainError, PdfError):
    """The text has characters that the document font cannot print.

    Attributes:
        characters: the characters, in the order in which they first appeared.
    """

    def __init__(self, characters: str) -> None:
        named = ", ".join(f"“{character}” (U+{ord(character):04X})" for character in characters)
        super().__init__(
            f"Văn bản có ký tự mà phông chữ văn bản hành chính không in được: {named}. "
            "Thay hoặc xóa các ký tự này rồi in lại."
        )
        self.characters = characters


class UnreadablePdf(DomainError, PdfError):
    """A file that cannot be bound into a pack; the message is the reason alone, whoever names the file adds the rest."""
