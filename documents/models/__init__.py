"""Issuers, series, the register of outgoing papers."""

from documents.models.document import Document, DocumentQuerySet
from documents.models.issuer import Issuer, Series

__all__ = ["Document", "DocumentQuerySet", "Issuer", "Series"]
