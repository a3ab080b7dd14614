"""What an office may word anew: every kind of paper with its parts and their built-in texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from documents.paper.fields import fields_of
from documents.paper.kinds import KINDS, Kind
from documents.paper.model import Urgency
from documents.paper.sentences import SENTENCES, Part


@dataclass(frozen=True)
class TemplateKind:
    """A kind of paper as a template.

    Attributes:
        free: the kind a clerk writes freely; None where the paper is built from its records.
    """

    code: str
    name: str
    parts: tuple[Part, ...]
    free: Kind | None = None

    @property
    def defaults(self) -> dict[str, str]:
        """The built-in template, version 0."""
        return {part.key: part.default for part in self.parts}

    def part(self, key: str) -> Part:
        """The part of that key.

        Raises:
            StopIteration: there is none.
        """
        return next(part for part in self.parts if part.key == key)


def _free(kind: Kind) -> TemplateKind:
    more = tuple(field.name for field in fields_of(kind))
    salutation = Part(
        "addressees",
        "Kính gửi",
        "",
        "Mỗi nơi một dòng; điền sẵn khi soạn.",
        is_required=False,
    )
    return TemplateKind(
        kind.code,
        kind.name,
        (
            Part(
                "subject",
                "Trích yếu gợi ý",
                "",
                "Bỏ trống nếu mỗi lần một khác.",
                ("địa danh", "năm"),
                is_required=False,
            ),
            *((salutation,) if kind.has_salutation else ()),
            Part(
                "body",
                "Nội dung",
                kind.body,
                "Viết như trong Word: Căn cứ …; Điều 1. …; 1. …; a) …; PHỤ LỤC.",
                more,
                rows=14,
            ),
            Part("recipients", "Nơi nhận", "", "Mỗi nơi một dòng; dòng Lưu tự thêm.", is_required=False),
            Part(
                "urgency",
                "Độ khẩn",
                "",
                choices=(("", "Không"), *((one.name, one.value[0]) for one in Urgency)),
                is_required=False,
            ),
            Part(
                "authority",
                "Quyền hạn ký",
                "",
                "Dòng trên chức vụ, ví dụ TL. THƯỜNG TRỰC HĐND; bỏ trống thì theo thể thức của cơ quan.",
                is_required=False,
            ),
        ),
        kind,
    )


_BUILT = {
    "giay-moi": "Giấy mời",
    "bien-ban": "Biên bản",
    "thong-bao-ket-luan": "Thông báo kết luận",
    "thong-bao-thay-doi": "Thông báo thay đổi",
}
TEMPLATE_KINDS: tuple[TemplateKind, ...] = (
    *(TemplateKind(code, name, SENTENCES[code]) for code, name in _BUILT.items()),
    *(_free(kind) for kind in KINDS),
)
_BY_CODE: Mapping[str, TemplateKind] = {kind.code: kind for kind in TEMPLATE_KINDS}


def template_kind(code: str) -> TemplateKind:
    """The kind of that code.

    Raises:
        KeyError: there is none.
    """
    return _BY_CODE[code]
