"""Issuers, series, the registers of outgoing and incoming papers."""

from documents.models.document import Document, DocumentQuerySet
from documents.models.incoming import IncomingBook, IncomingDocument
from documents.models.issuer import Issuer, Series

__all__ = ["Document", "DocumentQuerySet", "IncomingBook", "IncomingDocument", "Issuer", "Series"]
