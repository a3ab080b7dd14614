"""The wording of papers that are built from records: their sentences as parts an office may word anew.

One place for the built-in sentences; a builder asks `sentence` with the office's own wording in hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from documents.paper.fields import fill, names_in


@dataclass(frozen=True)
class Part:
    """A part of a template.

    Attributes:
        key: its name in a stored template.
        name: its Vietnamese name beside the box.
        default: the built-in text; its fields are the ones the part may have.
        more: further fields it may have.
        rows: the lines of its box.
        choices: what may be chosen (value, word), where it is not written.
    """

    key: str
    name: str
    default: str
    help: str = ""
    more: tuple[str, ...] = ()
    rows: int = 2
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields the part may have."""
        return tuple(dict.fromkeys((*names_in(self.default), *self.more)))


_MEETING = ("tên cuộc họp", "thời gian", "địa điểm", "chủ trì")

SENTENCES: Mapping[str, tuple[Part, ...]] = {
    "giay-moi": (
        Part(
            "opening",
            "Mở đầu",
            "{cơ quan mời} trân trọng kính mời",
            "Ngay sau đó là tên người, cơ quan được mời.",
            _MEETING,
        ),
        Part(
            "lead",
            "Dẫn vào nội dung",
            "dự {tên cuộc họp}, cụ thể như sau:",
            "Đứng sau tên người được mời; khi mời nhiều nơi thì mở đầu bằng “Đến”.",
            ("cơ quan mời",),
        ),
        Part(
            "request",
            "Đề nghị",
            "Đề nghị các đại biểu dự họp đúng thành phần, đúng thời gian",
            "Câu cuối; dấu kết thúc ./. tự thêm.",
            _MEETING,
        ),
        Part(
            "confirm",
            "Xác nhận tham dự",
            "và xác nhận tham dự trước ngày {hạn trả lời}",
            "Nối vào câu đề nghị khi có hạn trả lời; nơi nhận trả lời tự thêm.",
            _MEETING,
        ),
    ),
    "bien-ban": (
        Part(
            "course", "Dẫn vào nội dung", "Nội dung (theo diễn biến {loại cuộc họp}):", "", ("tên cuộc họp",)
        ),
        Part(
            "conclusions",
            "Dẫn vào kết luận",
            "Kết luận của chủ tọa:",
            "Chỉ in khi có kết luận.",
            ("tên cuộc họp", "loại cuộc họp"),
        ),
        Part(
            "end",
            "Kết thúc",
            "{loại cuộc họp} kết thúc vào {kết thúc}",
            "Câu cuối; dấu kết thúc ./. tự thêm.",
            ("tên cuộc họp",),
        ),
    ),
    "thong-bao-ket-luan": (
        Part(
            "lead",
            "Lời dẫn",
            "Sau khi nghe báo cáo và ý kiến thảo luận của các đại biểu, {chủ trì} kết luận như sau:",
            "",
            ("cơ quan ban hành",),
        ),
        Part(
            "closing",
            "Lời kết",
            "{cơ quan ban hành} thông báo để các cơ quan, đơn vị liên quan biết, tổ chức thực hiện "
            "và báo cáo kết quả đúng thời hạn",
            "Câu cuối; dấu kết thúc ./. tự thêm.",
            ("chủ trì",),
        ),
    ),
    "thong-bao-thay-doi": (
        Part(
            "lead",
            "Lời dẫn",
            "Vì lý do: {lý do}, {cơ quan ban hành} thông báo {việc thay đổi}",
            "Đứng sau câu nhắc lại giấy mời; “như sau:” tự thêm khi có nội dung thay đổi.",
            ("giấy mời", "tên cuộc họp"),
        ),
        Part(
            "unchanged",
            "Phần giữ nguyên",
            "Các nội dung khác giữ nguyên theo {giấy mời}.",
            "In khi cuộc họp vẫn diễn ra.",
            ("cơ quan ban hành", "tên cuộc họp"),
        ),
    ),
}
"""Kind code to its parts."""


def sentence(kind: str, key: str, wording: Mapping[str, str], values: Mapping[str, str]) -> str:
    """A sentence of a built paper, in the office's wording or the built-in one, its fields filled.

    Raises:
        StopIteration: the kind has no such part.
    """
    part = next(part for part in SENTENCES[kind] if part.key == key)
    return fill(wording.get(key, "").strip() or part.default, values)
