"""What a new draft says before anybody has written: the office's template, or the words that name the paper it acts on."""

from documents import heading
from documents.choices import RelationKind, SigningForm
from documents.models import Document, Draft, Issuer
from documents.paper.fields import fill
from documents.paper.kinds import KINDS, Kind, kind_of
from documents.queries.templates import own_wording, standing_parts
from hdnd.lib import clock
from hdnd.lib.dates import short_date


def first_parts(
    issuer: Issuer, kind: Kind, subject: str, relation: str = "", target: Document | None = None
) -> dict[str, str]:
    """The parts of the template that stands at the issuer, with what is known put in; what is not stays as `[nội dung]`.

    A paper that acts on another begins by naming it.
    """
    parts = standing_parts(issuer, kind.code)
    values = {
        "cơ quan ban hành": heading.full_name(issuer.organization),
        "trích yếu": subject,
        "địa danh": issuer.place,
        "năm": str(clock.today().year),
        "nơi gửi": ", ".join(parts.get("addressees", "").splitlines()),
    }
    parts["body"] = _text(parts["body"], relation, target)
    return {key: fill(text, values) for key, text in parts.items()}


def first_authority(draft: Draft) -> tuple[str, str]:
    """The form of signing and the line above the office that the template suggests: `TL`, `TL. THƯỜNG TRỰC HĐND`."""
    issuer = Issuer.objects.filter(organization=draft.organization_id).first()
    authority = own_wording(issuer, draft.kind_code).get("authority", "") if issuer else ""
    form = authority.partition(".")[0].strip().upper()
    return (form if form in SigningForm.values else SigningForm.OWN), authority


def _text(body: str, relation: str, target: Document | None) -> str:
    if target is None:
        return body
    named = f"{target.get_doc_type_display()} số {target.symbol} ngày {short_date(target.issued_on)} về {lowered(target.subject)}"
    if relation == RelationKind.CORRECTS:
        return (
            f"{named} có sai sót về thể thức, kỹ thuật trình bày, nay đính chính như sau:\n"
            "- Đã in: “{nội dung đã in}”\n- Nay đọc là: “{nội dung đúng}”\n"
            "Các nội dung khác của văn bản giữ nguyên./."
        )
    if relation == RelationKind.WITHDRAWS:
        return f"Thu hồi {named}.\nLý do: {{lý do thu hồi}}.\nVăn bản nêu trên không còn giá trị kể từ ngày ký văn bản này./."
    if "{căn cứ}" in body:
        before, after = body.replace("{nội dung}", _change_of(relation, target), 1).split("{căn cứ}", 1)
        return f"{before}Căn cứ {named};\n{{căn cứ}}{after}"
    return f"{_change_of(relation, target)}, ngày {short_date(target.issued_on)}, như sau:\n{body}"


def _change_of(relation: str, target: Document) -> str:
    verb = "Thay thế" if relation == RelationKind.REPLACES else "Sửa đổi, bổ sung"
    return f"{verb} {target.get_doc_type_display()} số {target.symbol}"


def lowered(text: str) -> str:
    """`lịch tiếp công dân` of `Lịch tiếp công dân`, inside a sentence."""
    return text[:1].lower() + text[1:]


def kind_of_follow_up(target: Document, relation: RelationKind) -> Kind:
    """A letter corrects; what else is done is done by the same type, by a notice where that is not written freely."""
    if relation == RelationKind.CORRECTS:
        return kind_of("cong-van")
    same = next((kind for kind in KINDS if kind.doc_type == target.doc_type), None)
    return same or kind_of("thong-bao")
