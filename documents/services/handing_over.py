"""Hands a paper over to another system. Nothing is written: the package is made of what was issued."""

from typing import Any

from councils.permissions import can_serve_office, ensure
from documents.interchange.edxml import package
from documents.models import Document
from documents.queries.interchange import against, record_of
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError

NOT_YOURS = "Chỉ văn phòng của cơ quan ban hành mới tạo được gói gửi đi."


def edxml_package(*, actor: Any, document: Document) -> bytes:
    """The paper as an edXML package for those addressees that have an electronic identifier.

    Raises:
        PermissionDenied: the actor does not serve the office of the issuer.
        DomainError: the paper no longer holds, the issuer or all addressees lack an identifier, or the stored file is
            not what was issued.
    """
    ensure(can_serve_office(actor, document.organization), NOT_YOURS)
    record = record_of(document)
    if reason := against(document, record):
        raise DomainError(reason)
    return package(record, _issued(document), clock.now())


def _issued(document: Document) -> bytes:
    try:
        content = files.read(document.file)
    except FileNotFoundError:
        content = b""
    if files.digest(content) != document.sha256:
        raise DomainError(
            f"Tệp lưu của văn bản {document.symbol} không còn đúng bản đã phát hành. Báo quản trị khôi phục từ bản sao lưu."
        )
    return content
