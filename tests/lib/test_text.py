"""Vietnamese text: one form, search without accents, order of names."""

import unicodedata

import pytest

from hdnd.lib.text import collation_key, fold, name_sort_key, nfc


def test_nfc_composes_and_drops_invisible_marks() -> None:
    decomposed = unicodedata.normalize("NFD", " Đại biểu\u200b\ufeff ")
    assert decomposed != " Đại biểu "
    assert nfc(decomposed) == "Đại biểu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đại", "dai"),
        ("ĐẠI BIỂU", "dai bieu"),
        ("  Ủy   ban\tnhân dân ", "uy ban nhan dan"),
        (unicodedata.normalize("NFD", "Hương Nguyên"), "huong nguyen"),
        ("Đ\u200bại", "dai"),
        ("31/GM-HĐND", "31/gm-hdnd"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_collation_orders_letters_before_tones() -> None:
    words = ["đa", "dã", "dá", "êm", "em", "ăn", "an", "ân", "dạ", "dà", "da", "dả", "y", "xưa", "Xua"]
    expected = ["an", "ăn", "ân", "da", "dà", "dả", "dã", "dá", "dạ", "đa", "em", "êm", "Xua", "xưa", "y"]
    assert sorted(words, key=collation_key) == expected


def test_collation_is_the_same_for_decomposed_text() -> None:
    assert collation_key(unicodedata.normalize("NFD", "Nguyễn Thị Hường")) == collation_key(
        "Nguyễn Thị Hường"
    )


def test_names_sort_by_given_name_then_family_name() -> None:
    names = ["Trần Thị Hải Yến", "Bùi Đức Đại", "Nguyễn Đình Lâm", "Phạm Văn An", "Đỗ Văn An", "Lê Ánh"]
    expected = ["Đỗ Văn An", "Phạm Văn An", "Lê Ánh", "Bùi Đức Đại", "Nguyễn Đình Lâm", "Trần Thị Hải Yến"]
    assert sorted(names, key=name_sort_key) == expected


def test_a_single_word_is_its_own_given_name() -> None:
    assert name_sort_key("Lâm") == name_sort_key(" Lâm ")
