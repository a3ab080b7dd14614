"""What a new draft says before anybody has written: the kind's own text, or the words that name the paper it acts on."""

from councils.models import Organization
from documents import heading
from documents.choices import RelationKind
from documents.models import Document
from documents.paper.kinds import KINDS, Kind, kind_of
from hdnd.lib.dates import short_date


def first_body(kind: Kind, body: Organization, relation: str = "", target: Document | None = None) -> str:
    """What a new draft of the body begins with; a paper that acts on another begins by naming it."""
    return _text(kind, relation, target).replace("{cơ quan ban hành}", heading.full_name(body))


def _text(kind: Kind, relation: str, target: Document | None) -> str:
    if target is None:
        return kind.body
    named = f"{target.get_doc_type_display()} số {target.symbol} ngày {short_date(target.issued_on)} về {lowered(target.subject)}"
    if relation == RelationKind.CORRECTS:
        return (
            f"{named} có sai sót về thể thức, kỹ thuật trình bày, nay đính chính như sau:\n"
            "- Đã in: “{nội dung đã in}”\n- Nay đọc là: “{nội dung đúng}”\n"
            "Các nội dung khác của văn bản giữ nguyên./."
        )
    if relation == RelationKind.WITHDRAWS:
        return f"Thu hồi {named}.\nLý do: {{lý do thu hồi}}.\nVăn bản nêu trên không còn giá trị kể từ ngày ký văn bản này./."
    if kind.body.startswith("{căn cứ}"):
        return f"Căn cứ {named};\n{kind.body.replace('{nội dung}', _change_of(relation, target), 1)}"
    return f"{_change_of(relation, target)}, ngày {short_date(target.issued_on)}, như sau:\n{kind.body}"


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
