"""Issuers, series, the registers of outgoing and incoming papers, pictures of signatures and seals."""

from documents.models.document import Document, DocumentQuerySet
from documents.models.incoming import IncomingBook, IncomingDocument
from documents.models.issuer import Issuer, Series
from documents.models.stamps import SealImage, SignatureImage

__all__ = [
    "Document",
    "DocumentQuerySet",
    "IncomingBook",
    "IncomingDocument",
    "Issuer",
    "SealImage",
    "Series",
    "SignatureImage",
]
