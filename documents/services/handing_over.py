"""Hands a paper over to another system. Nothing is written: the package is made of what was issued."""

from dataclasses import dataclass
from typing import Any

from councils.permissions import can_serve_office, ensure
from documents.choices import DocumentState
from documents.interchange.edxml import package
from documents.interchange.record import Record
from documents.models import Document
from documents.queries.interchange import record_of
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError

NOT_YOURS = "Chỉ văn phòng của cơ quan ban hành mới tạo được gói gửi đi."


@dataclass(frozen=True)
class HandOver:
    """What the page of a paper offers.

    Attributes:
        may_send: the person may make a package.
        refused: why there is none all the same; "" when there is one.
        without_code: names of the addressees that are not in it, for want of an electronic identifier.
    """

    may_send: bool
    refused: str = ""
    without_code: tuple[str, ...] = ()


def hand_over_of(actor: Any, document: Document) -> HandOver:
    """What may be taken from a paper by the person."""
    if not can_serve_office(actor, document.organization):
        return HandOver(may_send=False)
    record = record_of(document)
    missing = tuple(party.name for party in record.addressees if not party.code)
    return HandOver(True, _against(document, record), missing)


def _against(document: Document, record: Record) -> str:
    """What stands against a package; "" when nothing does."""
    if document.state != DocumentState.ISSUED:
        return f"Văn bản {document.symbol} {document.get_state_display()} nên không gửi đi nữa."
    if not record.issuer.code:
        return f"{record.issuer.name} chưa có mã định danh điện tử. Nhờ quản trị ghi vào mục “Cơ quan, tổ chức” rồi tạo lại gói."
    if not any(party.code for party in record.addressees):
        return "Chưa cơ quan nhận nào có mã định danh điện tử. Nhờ quản trị ghi mã vào mục “Cơ quan, tổ chức” rồi tạo lại gói."
    return ""


def edxml_package(*, actor: Any, document: Document) -> bytes:
    """The paper as an edXML package for those addressees that have an electronic identifier.

    Raises:
        PermissionDenied: the actor does not serve the office of the issuer.
        DomainError: the paper no longer holds, the issuer or all addressees lack an identifier, or the stored file is
            not what was issued.
    """
    ensure(can_serve_office(actor, document.organization), NOT_YOURS)
    record = record_of(document)
    if reason := _against(document, record):
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
