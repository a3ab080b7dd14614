"""Issuers and templates, registers, drafts, signatures, consultations: papers as rows."""

from documents.models.document import Document, DocumentQuerySet
from documents.models.file_text import FileText
from documents.models.incoming import IncomingBook, IncomingDocument
from documents.models.issuer import Issuer, Series
from documents.models.stamps import SealImage, SignatureImage
from documents.models.template import PaperTemplate

__all__ = [
    "Document",
    "DocumentQuerySet",
    "FileText",
    "IncomingBook",
    "IncomingDocument",
    "Issuer",
    "PaperTemplate",
    "SealImage",
    "Series",
    "SignatureImage",
]
