"""Administration of papers, by subject."""

from documents.admin import register, stamps

__all__ = ["register", "stamps"]
