"""Fields in braces inside a template, `{cơ quan ban hành}`: their names, what is put in, what stays open.

A field without a value shows in a draft as `[nội dung]`; a paper that still has one is not issued. A name in capitals,
`{CƠ QUAN BAN HÀNH}`, puts its value in capitals.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from documents.paper.kinds import Kind
from hdnd.lib.text import fold, nfc

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_OPEN = re.compile(r"\{([^{}\n]*)\}|\[([^\[\]\n]*)\]")
_NEAR = 0.55


@dataclass(frozen=True)
class Field:
    """A field: its Vietnamese name as it stands in braces, what it holds, an example of it."""

    name: str
    help: str
    sample: str


_ALL = (
    Field(
        "cơ quan ban hành",
        "tên đầy đủ của cơ quan ra văn bản",
        "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang",
    ),
    Field("nơi gửi", "các cơ quan ở dòng Kính gửi", "Ủy ban nhân dân tỉnh Vĩnh Giang"),
    Field("trích yếu", "trích yếu nội dung văn bản", "giải quyết kiến nghị cử tri trước Kỳ họp thứ 2"),
    Field("địa danh", "nơi ban hành, như ở dòng ngày tháng", "Vĩnh Giang"),
    Field("năm", "năm ban hành", "2026"),
    Field(
        "nội dung",
        "phần người soạn viết",
        "Ngày 18 tháng 6 năm 2026, Thường trực HĐND tỉnh đã họp xem xét các kiến nghị của cử tri.",
    ),
    Field("mục đích", "mục đích của kế hoạch", "Đánh giá đúng việc thực hiện chính sách, pháp luật."),
    Field("yêu cầu", "yêu cầu của kế hoạch", "Bảo đảm khách quan, đúng tiến độ."),
    Field(
        "tổ chức thực hiện", "ai làm việc gì", "Văn phòng Đoàn ĐBQH và HĐND tỉnh giúp việc, bảo đảm điều kiện"
    ),
    Field(
        "căn cứ",
        "căn cứ ban hành, mỗi căn cứ một dòng",
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    ),
    Field(
        "nơi thi hành",
        "cơ quan, người chịu trách nhiệm thi hành",
        "Chánh Văn phòng và các thành viên Đoàn giám sát",
    ),
    Field("phạm vi", "phạm vi điều chỉnh", "Quy chế này quy định việc phối hợp giữa các cơ quan"),
    Field("hiệu lực", "từ ngày nào có hiệu lực", "Quy chế này có hiệu lực kể từ ngày ký"),
    Field("nội dung đã in", "chỗ sai như đã in, để đính chính", "ngày 31 tháng 6 năm 2026"),
    Field("nội dung đúng", "chỗ đó đọc đúng là", "ngày 30 tháng 6 năm 2026"),
    Field("lý do thu hồi", "vì sao thu hồi văn bản", "ban hành không đúng thẩm quyền"),
    Field("cơ quan mời", "tên đầy đủ của cơ quan mời họp", "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang"),
    Field("tên cuộc họp", "tên phiên họp, hội nghị, kỳ họp", "Phiên họp thứ 3 Thường trực HĐND tỉnh"),
    Field("loại cuộc họp", "Phiên họp, Hội nghị, Kỳ họp", "Phiên họp"),
    Field("thời gian", "giờ, thứ, ngày tháng năm", "07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026"),
    Field("địa điểm", "nơi họp", "Phòng họp số 2, Trụ sở HĐND tỉnh"),
    Field("hạn trả lời", "ngày cuối xác nhận dự họp", "24/6/2026"),
    Field("chủ trì", "người chủ trì cuộc họp", "Ông Nguyễn Đình Lâm, Chủ tịch HĐND"),
    Field("kết thúc", "giờ, ngày kết thúc", "11 giờ 05 phút, ngày 26 tháng 6 năm 2026"),
    Field("lý do", "lý do thay đổi", "Ủy ban nhân dân tỉnh họp đột xuất"),
    Field("việc thay đổi", "thay đổi điều gì", "thay đổi thời gian Phiên họp thứ 3 Thường trực HĐND tỉnh"),
    Field("giấy mời", "số, ngày giấy mời đã phát hành", "Giấy mời số 31/GM-HĐND ngày 18/6/2026"),
)

FIELDS: Mapping[str, Field] = {field.name: field for field in _ALL}
"""Every field there is, by its name."""
COMMON = ("cơ quan ban hành", "nơi gửi", "trích yếu", "địa danh", "năm")
"""What any freely written paper may name."""


def names_in(text: str) -> list[str]:
    """The names in braces, in order, each once."""
    return list(dict.fromkeys(_name(found[1]) for found in _FIELD.finditer(text)))


def fields_of(kind: Kind) -> tuple[Field, ...]:
    """The fields a template of the kind may have: the common ones and those of its built-in text."""
    return tuple(FIELDS[name] for name in dict.fromkeys((*COMMON, *names_in(kind.body))))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with the values in; a field without a value stays visible as `[nội dung]`.

    Values are put in as they are: braces inside one are no fields.
    """

    def put_in(found: re.Match[str]) -> str:
        value = values.get(_name(found[1])) or f"[{_name(found[1])}]"
        return value.upper() if found[1].isupper() else value

    return _FIELD.sub(put_in, text)


def open_fields(text: str) -> list[str]:
    """The names of fields that still wait for their text, in order, each once; `[1]` or `[…]` are none."""
    names = (_name(found[1] or found[2] or "") for found in _OPEN.finditer(text))
    return list(dict.fromkeys(name for name in names if name in FIELDS))


def unknown_fields(text: str, kind: Kind) -> list[str]:
    """What is wrong with the fields of a template's text, a Vietnamese sentence each; empty when all is well."""
    return faults(text, [field.name for field in fields_of(kind)])


def faults(text: str, allowed: Iterable[str]) -> list[str]:
    """Unknown fields with the nearest known name, and braces that don't match, a Vietnamese sentence each."""
    known = list(allowed)
    unknown = [_unknown(name, known) for name in names_in(text) if name not in known]
    return unknown + [
        f"Dấu ngoặc nhọn ở dòng {at} chưa khớp: “{_short(line)}”. Mỗi trường viết trong một cặp ngoặc, "
        f"ví dụ {{{known[0] if known else 'nội dung'}}}."
        for at, line in enumerate(text.splitlines(), start=1)
        if set("{}") & set(_FIELD.sub("", line))
    ]


def _unknown(name: str, known: list[str]) -> str:
    folded = {fold(one): one for one in known}
    near = difflib.get_close_matches(fold(name), folded, n=1, cutoff=_NEAR)
    said = f"Trường “{{{name}}}” không có trong mẫu này."
    if near:
        return f"{said} Có phải “{{{folded[near[0]]}}}”?"
    if known:
        return f"{said} Dùng được: {', '.join(f'{{{one}}}' for one in known)}."
    return f"{said} Phần này không dùng trường nào, bỏ ngoặc nhọn."


def _name(inside: str) -> str:
    return " ".join(nfc(inside).lower().split())


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:60]}…"
