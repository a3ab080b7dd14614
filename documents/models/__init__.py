"""Issuers and templates, registers, drafts, signatures, consultations: papers as rows."""

from documents.models.consultation import (
    Consultation,
    ConsultationAnswer,
    ConsultationOpinion,
    ConsultationPaper,
    ConsultationQuestion,
    ConsultationVoice,
)
from documents.models.document import Document, DocumentQuerySet
from documents.models.draft import (
    Delegation,
    DocumentRelation,
    Draft,
    DraftComment,
    DraftSigner,
    DraftVersion,
    SignOff,
)
from documents.models.file_text import FileText
from documents.models.incoming import IncomingBook, IncomingDocument
from documents.models.issuer import Issuer, Series
from documents.models.stamps import SealImage, SignatureImage
from documents.models.template import PaperTemplate

__all__ = [
    "Consultation",
    "ConsultationAnswer",
    "ConsultationOpinion",
    "ConsultationPaper",
    "ConsultationQuestion",
    "ConsultationVoice",
    "Delegation",
    "Document",
    "DocumentQuerySet",
    "DocumentRelation",
    "Draft",
    "DraftComment",
    "DraftSigner",
    "DraftVersion",
    "FileText",
    "IncomingBook",
    "IncomingDocument",
    "Issuer",
    "PaperTemplate",
    "SealImage",
    "Series",
    "SignOff",
    "SignatureImage",
]
