"""Fields of templates: put in, left open, unknown."""

import pytest

from documents.paper.fields import FIELDS, faults, fields_of, fill, names_in, open_fields, unknown_fields
from documents.paper.kinds import KINDS, kind_of
from documents.paper.sentences import SENTENCES, sentence


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_built_in_body_names_only_fields_that_are_explained(kind: object) -> None:
    assert unknown_fields(kind.body, kind) == []  # type: ignore[attr-defined]
    assert all(field.help and field.sample for field in fields_of(kind))  # type: ignore[arg-type]


def test_every_sentence_of_a_built_paper_names_only_known_fields() -> None:
    names = {name for parts in SENTENCES.values() for part in parts for name in part.fields}
    assert names <= set(FIELDS)


def test_filling_leaves_what_has_no_value_visible_and_reads_a_name_however_it_is_typed() -> None:
    text = "{Cơ  quan ban hành} gửi {nơi gửi}: {nội dung}"
    filled = fill(text, {"cơ quan ban hành": "HĐND {tỉnh}", "nội dung": ""})
    assert filled == "HĐND {tỉnh} gửi [nơi gửi]: [nội dung]"
    assert open_fields(filled) == ["nơi gửi", "nội dung"]
    assert names_in(text) == ["cơ quan ban hành", "nơi gửi", "nội dung"]


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Xem [1], […] và [a].", []),
        ("{nội dung} rồi [nội dung]", ["nội dung"]),
        ("Căn cứ [căn cứ]; {nơi thi hành}", ["căn cứ", "nơi thi hành"]),
        ("Mọi chữ đã viết.", []),
    ],
)
def test_what_is_still_open(text: str, open_: list[str]) -> None:
    assert open_fields(text) == open_


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{cơ quan ban han}", ["Trường “{cơ quan ban han}” không có trong mẫu này. Có phải “{cơ quan ban hành}”?"]),
        ("{noi gui} và {nơi gửi}", ["Trường “{noi gui}” không có trong mẫu này. Có phải “{nơi gửi}”?"]),
        ("{xyz}", ["Trường “{xyz}” không có trong mẫu này. Dùng được: {cơ quan ban hành}, {nơi gửi}, {trích yếu}, {địa danh}, {năm}, {nội dung}."]),
        ("Một\nHai {nơi gửi", ["Dấu ngoặc nhọn ở dòng 2 chưa khớp: “Hai {nơi gửi”. Mỗi trường viết trong một cặp ngoặc, ví dụ {cơ quan ban hành}."]),
        ("{{nơi gửi}}", ["Dấu ngoặc nhọn ở dòng 1 chưa khớp: “{{nơi gửi}}”. Mỗi trường viết trong một cặp ngoặc, ví dụ {cơ quan ban hành}."]),
        ("{nơi gửi} {năm}", []),
    ],
)  # fmt: skip
def test_wrong_fields_are_named_with_the_way_out(text: str, said: list[str]) -> None:
    assert unknown_fields(text, kind_of("bao-cao")) == said


def test_a_part_without_fields_says_so() -> None:
    assert faults("{nơi gửi}", []) == [
        "Trường “{nơi gửi}” không có trong mẫu này. Phần này không dùng trường nào, bỏ ngoặc nhọn."
    ]


def test_an_office_words_a_sentence_and_an_empty_one_is_the_built_in() -> None:
    values = {"cơ quan mời": "HĐND xã Phú Lộc"}
    own = {"opening": "{cơ quan mời} kính mời"}
    assert sentence("giay-moi", "opening", own, values) == "HĐND xã Phú Lộc kính mời"
    assert sentence("giay-moi", "opening", {"opening": " "}, values) == "HĐND xã Phú Lộc trân trọng kính mời"


def test_a_name_in_capitals_puts_its_value_in_capitals() -> None:
    values = {"cơ quan ban hành": "Hội đồng nhân dân tỉnh"}
    assert fill("{CƠ QUAN BAN HÀNH}, {cơ quan ban hành}", values) == (
        "HỘI ĐỒNG NHÂN DÂN TỈNH, Hội đồng nhân dân tỉnh"
    )
    assert open_fields(fill("{CƠ QUAN BAN HÀNH}", {})) == ["cơ quan ban hành"]
