"""What is handed over of one paper, apart from any format."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Party:
    """A body; `code` is its electronic identifier (QĐ 20/2020/QĐ-TTg), "" when none is on record."""

    name: str
    code: str = ""
    superior: str = ""


@dataclass(frozen=True)
class Record:
    """An issued paper as the register holds it.

    Attributes:
        number: as printed, with its leading zero; `notation` is what stands behind the first slash.
        type_code: the abbreviation of NĐ 30/2020, Phụ lục III.
        recipients: as printed under "Nơi nhận".
        addressees: the bodies that it was sent to.
        file_name: of the PDF, whose bytes have the digest `sha256`.
    """

    number: str
    notation: str
    issued_on: date
    subject: str
    type_code: str
    type_name: str
    issuer: Party
    place: str
    signer_name: str
    signer_title: str
    recipients: tuple[str, ...]
    addressees: tuple[Party, ...]
    state: str
    pages: int
    copies: int | None
    file_name: str
    sha256: str

    @property
    def symbol(self) -> str:
        """`31/GM-HĐND`."""
        return f"{self.number}/{self.notation}"
