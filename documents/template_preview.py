"""What a template makes of sample data: the paper an editor sees beside the parts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from documents import heading
from documents.models import Issuer
from documents.paper.change_notice import change_notice
from documents.paper.conclusion_notice import conclusion_notice
from documents.paper.fields import FIELDS, fill
from documents.paper.invitation import invitation
from documents.paper.kinds import Kind
from documents.paper.minutes import minutes
from documents.paper.model import Paper, SignatureBlock, Signer, Urgency
from documents.paper.samples import meeting, others
from documents.paper.sheet import Sheet, paper_of
from documents.paper.template_kinds import TemplateKind

_TYPES = {"giay-moi": "GM", "bien-ban": "BB", "thong-bao-ket-luan": "TB", "thong-bao-thay-doi": "TB"}


def sample_paper(issuer: Issuer, kind: TemplateKind, parts: Mapping[str, str], day: date) -> Paper:
    """The kind's paper under the issuer's head, with sample data in its fields and no number."""
    if kind.free is not None:
        return paper_of(_sheet(issuer, kind.free, parts, day))
    name = heading.full_name(issuer.organization)
    shared: dict[str, Any] = {
        "letterhead": heading.letterhead(issuer),
        "number": None,
        "suffix": heading.draft_suffix(issuer, _TYPES[kind.code], day),
        "wording": parts,
    }
    dated = shared | {"place": issuer.place, "issued_on": None, "signature": _signature(issuer, "")}
    match kind.code:
        case "giay-moi":
            return invitation(meeting.invitation_paper(**dated, inviter=name))
        case "bien-ban":
            return minutes(meeting.minutes_paper(**shared))
        case "thong-bao-ket-luan":
            return conclusion_notice(meeting.notice_paper(**dated, issuer=name))
        case _:
            return change_notice(others.change_notice_paper(**dated, issuer=name))


def _sheet(issuer: Issuer, kind: Kind, parts: Mapping[str, str], day: date) -> Sheet:
    values = {name: field.sample for name, field in FIELDS.items()}
    values |= {
        "cơ quan ban hành": heading.full_name(issuer.organization),
        "địa danh": issuer.place,
        "năm": str(day.year),
    }

    def filled(key: str) -> str:
        return fill(parts.get(key, ""), values)

    urgency = parts.get("urgency", "")
    return Sheet(
        kind=kind,
        letterhead=heading.letterhead(issuer),
        number=None,
        suffix=heading.draft_suffix(issuer, kind.doc_type, day),
        place=issuer.place,
        issued_on=None,
        subject=filled("subject") or values["trích yếu"],
        body=filled("body"),
        signature=_signature(issuer, parts.get("authority", "")),
        recipients=heading.recipients(issuer, filled("recipients").splitlines() or ["Như trên"]),
        addressees=tuple(filled("addressees").splitlines()) or (values["nơi gửi"],),
        urgency=Urgency[urgency] if urgency in Urgency.__members__ else None,
    )


def _signature(issuer: Issuer, authority: str) -> SignatureBlock:
    above = authority.splitlines() or ([issuer.signs_for] if issuer.signs_for else [])
    return SignatureBlock((Signer("Chức vụ người ký", "Họ và tên", tuple(above)),))
