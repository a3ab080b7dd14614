"""Reads of the register."""

from documents.queries.papers import document_list, register_lines, register_list, visible_documents

__all__ = ["document_list", "register_lines", "register_list", "visible_documents"]
