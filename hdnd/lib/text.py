"""Vietnamese text: one Unicode form, search without accents, names sorted by given name."""

import re
import unicodedata

# Vietnamese collation: base letters first, tones after; d before đ. Python's own order puts all
# accented letters behind z.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # huyền hỏi ngã sắc nặng
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def nfc(value: str) -> str:
    """The composed form (NFC) without invisible direction and zero-width marks, outer blanks cut."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", value)).strip()


def without_controls(value: str) -> str:
    """Blanks for what neither XML nor PostgreSQL takes, and nobody can read: control characters, half surrogates."""
    return _CONTROLS.sub(" ", value)


def fold(value: str) -> str:
    """The search form: lower case, no accents, đ as d, single blanks.

    Stored in a column beside the text, since SQLite neither matches "đại" with "Đại" nor lowers "Đ".
    """
    decomposed = unicodedata.normalize("NFD", _INVISIBLE.sub("", value).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.replace("đ", "d").split())


def fold_in_place(value: str) -> str:
    """The search form letter by letter, as long as the value: a hit's place in one is its place in the other.

    For text that is composed (NFC) and has single blanks.
    """
    return value.translate({ord(letter): (fold(letter) or " ")[0] for letter in set(value)})


def collation_key(value: str) -> str:
    """A string that sorts by code point as Vietnamese sorts: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFC", value.casefold()):
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(m for m in decomposed if m not in _TONES))
        position = _ALPHABET.find(base)
        letters.append(chr(0x100 + position) if position >= 0 else base)
        tones.append(str(tone))
    return "".join(letters) + "\u0001" + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """Vietnamese order of persons: given name (the last word), then family and middle names."""
    parts = nfc(full_name).split()
    return collation_key(" ".join([*parts[-1:], *parts[:-1]]))
