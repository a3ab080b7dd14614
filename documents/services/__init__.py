"""The verbs of the register: take a number, issue a paper, register one made elsewhere, reserve and void numbers."""

from documents.services.issuing import issue, page_count
from documents.services.numbering import Numbered, issuer_of, take_number
from documents.services.registering import fill_number, register_paper, reserve_numbers, void_number

__all__ = [
    "Numbered",
    "fill_number",
    "issue",
    "issuer_of",
    "page_count",
    "register_paper",
    "reserve_numbers",
    "take_number",
    "void_number",
]
