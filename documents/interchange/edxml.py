"""A package for the national document axis: edXML by QCVN 102:2016/BTTTT (TT 10/2016/TT-BTTTT, amended by TT 01/2022).

Written from public descriptions and examples of the format, with no conformance tool at hand: `edxml.xsd` beside this
module states our reading, docs/interchange.md what was checked. Elements of which we hold nothing are left out.
"""

import base64
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from documents.interchange.record import Party, Record
from documents.interchange.xml import fill, written

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
SCHEMA = Path(__file__).with_name("edxml.xsd")
NEW_DOCUMENT = 0
"""BussinessDocType: 0 new, 1 withdrawn, 2 updated, 3 replaced. The misspelling is the format's own."""
_XLINK = "http://www.w3.org/1999/xlink"
_ACTOR = "http://schemas.xmlsoap.org/soap/actor/next"
_PDF = "application/pdf"


def document_id(record: Record) -> str:
    """How the axis tells papers apart: identifier of the sender, day, number and symbol."""
    return f"{record.issuer.code},{_day(record.issued_on)},{record.symbol}"


def package(record: Record, content: bytes, at: datetime) -> bytes:
    """The paper and its PDF as one `.edxml` file.

    Args:
        record: its issuer has a code, and so has at least one addressee.
        content: the issued PDF.
        at: when the package is made; the trace begins with it.
    """
    # Prefixed inside the envelope and not outside, as all public examples are: some readers go by the prefix.
    root = etree.Element(f"{{{NAMESPACE}}}edXML", nsmap={None: NAMESPACE})
    envelope = etree.SubElement(root, f"{{{NAMESPACE}}}edXMLEnvelope", nsmap={"edXML": NAMESPACE})
    header = etree.SubElement(envelope, f"{{{NAMESPACE}}}edXMLHeader")
    fill(header, NAMESPACE, {"MessageHeader": _message_header(record)})
    _trace(header, record, at)
    content_id = record.sha256  # the same paper, the same package but for the hour
    _manifest(envelope, record, content_id)
    attachment = {
        "ContentType": _PDF,
        "ContentId": content_id,
        "Description": record.subject,
        "ContentTransferEncoded": base64.b64encode(content).decode(),
        "AttachmentName": record.file_name,
    }
    fill(root, NAMESPACE, {"AttachmentEncoded": {"Attachment": attachment}})
    return written(root)


def _message_header(record: Record) -> dict[str, Any]:
    """In the order in which the regulation numbers them, 1.1 to 1.14."""
    return {
        "From": _organ(record.issuer),
        "To": [_organ(one) for one in record.addressees if one.code],
        "Code": {"CodeNumber": record.number, "CodeNotation": record.notation},
        "PromulgationInfo": {"Place": record.place, "PromulgationDate": _day(record.issued_on)},
        "DocumentType": {"TypeName": record.type_name},
        "Subject": record.subject,
        "Content": record.subject,
        "SignerInfo": {"Position": record.signer_title, "FullName": record.signer_name},
        "ToPlaces": {"Place": list(record.recipients)} if record.recipients else None,
        "OtherInfo": {"PromulgationAmount": record.copies, "PageAmount": record.pages},
        "DocumentId": document_id(record),
    }


def _organ(party: Party) -> dict[str, str]:
    return {"OrganId": party.code, "OrganizationInCharge": party.superior, "OrganName": party.name}


def _trace(header: Any, record: Record, at: datetime) -> None:
    traces = etree.SubElement(
        header, f"{{{NAMESPACE}}}TraceHeaderList", id=record.sha256[:8], version="1.0", mustUnderstand="1", actor=_ACTOR
    )  # fmt: skip
    first = {"OrganId": record.issuer.code, "Timestamp": f"{at:%Y/%m/%d %H:%M:%S}"}
    fill(
        traces, NAMESPACE, {"TraceHeader": first, "Bussiness": {"BussinessDocType": NEW_DOCUMENT, "Paper": 0}}
    )


def _manifest(envelope: Any, record: Record, content_id: str) -> None:
    body = etree.SubElement(envelope, f"{{{NAMESPACE}}}edXMLBody")
    manifest = etree.SubElement(body, f"{{{NAMESPACE}}}edXMLManifest", version="1.0")
    reference = etree.SubElement(manifest, f"{{{NAMESPACE}}}Reference", nsmap={"xlink": _XLINK})
    for name, value in (("href", f"cid:{content_id}"), ("role", "XLinkRole"), ("type", "simple")):
        reference.set(f"{{{_XLINK}}}{name}", value)
    fill(
        reference, NAMESPACE,
        {
            "Description": record.subject, "AttachmentName": record.file_name, "ContentType": _PDF,
            "ContentId": f"cid:{content_id}",
        },
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%Y/%m/%d}"
