"""Names of bodies broken into the lines of a letterhead."""

import re

# The last place kind in the name begins the second line. "Xã hội" in a committee's name is no place.
_PLACE = re.compile(
    r"\s(?=(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|đặc khu|xã(?! hội))\s)", re.IGNORECASE
)


def name_lines(name: str) -> tuple[str, ...]:
    """`Hội đồng nhân dân tỉnh Vĩnh Giang` as `HỘI ĐỒNG NHÂN DÂN` / `TỈNH VĨNH GIANG`; other names whole."""
    splits = [match.start() for match in _PLACE.finditer(name)]
    # "thị xã X" also matches at "xã X": the earlier of two adjoining matches is the place.
    places = [at for at in splits if name[:at].split()[-1:] != ["thị"]]
    if not places or places[-1] == 0:
        return (name.upper(),)
    at = places[-1]
    return (name[:at].upper(), name[at + 1 :].upper())
