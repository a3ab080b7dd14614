"""The data of a paper as JSON and XML, under the names of NĐ 30/2020/NĐ-CP, Phụ lục VI (in force since 5/3/2020).

The schema of the XML is ours (`nd30.xsd` beside this module): the annex names fields, it gives no file format.
"""

import json
from pathlib import Path
from typing import Any

from lxml import etree

from documents.interchange.record import Party, Record
from documents.interchange.xml import fill, written

FORMAT = "hdnd-nd30/1"
NAMESPACE = "urn:hdnd:nd30:1"
SCHEMA = Path(__file__).with_name("nd30.xsd")


def annex_fields(record: Record) -> dict[str, Any]:
    """The fields of the annex that we hold, in its order; lists where it says list.

    Not held, and so left out: DueDate, SecurityLevel (papers with state secrets are never kept here), UrgencyLevel,
    AppendixList, TraceHeaderList.
    """
    return _held(
        {
            "CodeNumber": record.number,
            "CodeNotation": record.notation,
            "IssuedDate": record.issued_on.isoformat(),
            "Subject": record.subject,
            "TypeCode": record.type_code,
            "OrganizationCode": record.issuer.code,
            "SignerFullName": record.signer_name,
            "SignerPosition": record.signer_title,
            "RecipientList": list(record.recipients),
            "StatusCode": record.state,
        }
    )


def additional(record: Record) -> dict[str, Any]:
    """What a receiver needs beside the annex, under names of our own."""
    return _held(
        {
            "OrganizationName": record.issuer.name,
            "TypeName": record.type_name,
            "Addressees": [_party(one) for one in record.addressees],
            "PageCount": record.pages,
            "Copies": record.copies,
            "FileName": record.file_name,
            "FileSHA256": record.sha256,
        }
    )


def as_json(record: Record) -> bytes:
    """The data as JSON, UTF-8."""
    held = {"format": FORMAT, "Fields": annex_fields(record), "Additional": additional(record)}
    return json.dumps(held, ensure_ascii=False, indent=2).encode()


def as_xml(record: Record) -> bytes:
    """The same as XML, valid by `nd30.xsd`; a list wraps its items."""
    fields, more = annex_fields(record), additional(record)
    for held, name, item in (
        (fields, "RecipientList", "Recipient"),
        (more, "Addressees", "Organization"),
    ):
        if name in held:
            held[name] = {item: held[name]}
    root = etree.Element(f"{{{NAMESPACE}}}Document", nsmap={None: NAMESPACE}, format=FORMAT)
    fill(root, NAMESPACE, {"Fields": fields, "Additional": more})
    return written(root)


def _party(party: Party) -> dict[str, str]:
    return _held({"OrganizationCode": party.code, "OrganizationName": party.name})


def _held(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None, [])}
