"""A file that was signed with another program: is it our paper, and nothing but our paper?"""

import io
from itertools import chain

from hdnd.lib.errors import DomainError


def ensure_ours(unsigned: bytes, signed: bytes) -> None:
    """Refuses a file that is not our paper with something appended, and says in what it differs.

    A signing program that appends, as PAdES asks, leaves our bytes as the beginning of its file; then what was signed
    is our paper whatever the file looks like. Whether the signatures hold is `verifying.verify`'s to say.

    Raises:
        DomainError: for the field `file`: another paper, changed words or pages, or our words written anew.
    """
    if signed.startswith(unsigned) and len(signed) > len(unsigned):
        return
    if signed == unsigned:
        raise DomainError("Tệp này là bản chưa ký. Ký xong rồi tải bản đã ký lên.", field="file")
    ours, theirs = pages_of(unsigned), pages_of(signed)
    raise DomainError(
        f"{_difference(ours, theirs)} Tải bản chưa ký về, ký đúng tệp đó rồi tải lên lại.", field="file"
    )


def _difference(ours: list[list[str]] | None, theirs: list[list[str]] | None) -> str:
    if ours is None or theirs is None:
        return "Không đọc được tệp: tệp hỏng hoặc có mật khẩu."
    own, other = set(chain.from_iterable(ours)), set(chain.from_iterable(theirs))
    if len(own & other) < len(own) / 2:
        return "Tệp này là một văn bản khác."
    if len(ours) != len(theirs):
        return f"Văn bản đã bị thay đổi: có {len(theirs)} trang, bản chưa ký có {len(ours)} trang."
    for number, (our, their) in enumerate(zip(ours, theirs, strict=True), start=1):
        added = [line for line in their if line not in our]
        missing = [line for line in our if line not in their]
        if missing:
            now = f", nay là “{_short(added[0])}”" if added else ""
            return f"Văn bản đã bị thay đổi ở trang {number}: không còn “{_short(missing[0])}”{now}."
    return (
        "Chữ nghĩa giống bản chưa ký nhưng tệp đã được ghi lại từ đầu, nên không đối chiếu được từng byte. "
        "Chọn cách ký nối tiếp (PAdES) trong phần mềm ký."
    )


def pages_of(pdf: bytes) -> list[list[str]] | None:
    """The lines of each page; None for what can't be read."""
    from pypdf import PdfReader

    try:
        return [
            [" ".join(line.split()) for line in page.extract_text().splitlines() if line.strip()]
            for page in PdfReader(io.BytesIO(pdf)).pages
        ]
    except Exception:  # whatever the parser meets in a stranger's file
        return None


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:59]}…"
