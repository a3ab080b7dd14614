"""Many PDFs bound to one: tags, bookmarks, page labels, and the page's number printed on it.

Sources may come from anywhere: tagged or not, signed, turned, landscape. What they show is not changed; a signature
does not survive being bound, so the original stays the signed paper.
"""

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    ObjectStreamMode,
    OutlineItem,
    Page,
    PasswordError,
    Pdf,
    PdfError,
    String,
)

from hdnd.lib.pdf.bound_tags import BoundTags
from hdnd.lib.pdf.errors import UnreadablePdf
from hdnd.lib.pdf.stamps import Stamp

LINK_BASE = "https://paper.invalid/pack/"
"""In the contents page, a link to this + the part's place leads to the part's first page."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Sheets:
    """What a PDF is before it is bound."""

    pages: int
    is_signed: bool


@dataclass(frozen=True)
class Part:
    """One paper of a pack.

    Attributes:
        read: gives the bytes when their turn comes, so that no two are in memory at once.
        labels: the number of each page.
        group: the bookmark it stands under; empty for one of its own.
    """

    title: str
    read: Callable[[], bytes]
    labels: Sequence[str]
    group: str = ""


def look_at(content: bytes) -> Sheets:
    """Opens a PDF for a first look.

    Raises:
        UnreadablePdf: it has a password, is broken, or has no page.
    """
    with _unreadable(), Pdf.open(io.BytesIO(content)) as pdf:
        if not len(pdf.pages):
            raise UnreadablePdf("tệp không có trang nào")
        return Sheets(len(pdf.pages), _is_signed(pdf))


def bind(front: bytes, parts: Sequence[Part], *, title: str, author: str = "", progress: Progress) -> bytes:
    """Binds the front (cover and contents, numbered i, ii, iii) and the parts.

    The pack claims PDF/A-2a when every source does. Sources and pack lie in a folder of their own on the way; memory
    holds one source, and in the end the pack.

    Args:
        front: its links to `LINK_BASE` and a place lead to the part of that place, counted from 1.
        progress: told after each part; see `hdnd.jobs`.

    Raises:
        UnreadablePdf: a part cannot be bound; the message names it.
        ValueError: a part has more or fewer pages than labels.
    """
    with tempfile.TemporaryDirectory(prefix="hdnd-pack-") as name, ExitStack() as sources, Pdf.new() as pack:
        folder, tags, stamp = Path(name), BoundTags(pack), Stamp(pack)
        first = opened = _source(front, folder / "front.pdf", sources)
        archivable = _claims_archive(opened)
        starts = [0, _take(pack, tags, opened, title)]
        for at, page in enumerate(list(pack.pages)[1:], start=2):
            stamp.put(page, roman(at))
        for at, part in enumerate(parts, start=1):
            try:
                opened = _source(part.read(), folder / f"{at}.pdf", sources)
                starts.append(starts[-1] + _take(pack, tags, opened, part.title))
            except UnreadablePdf as error:
                raise UnreadablePdf(f"{part.title}: {error.message}") from error
            archivable = archivable and _claims_archive(opened)
            pages = [pack.pages[place] for place in range(starts[-2], starts[-1])]
            for page, label in zip(pages, part.labels, strict=True):
                stamp.put(page, label)
            progress(at, len(parts))
        tags.close()
        _link(pack, starts)
        _bookmark(pack, parts, starts)
        _label(pack, starts[1], [label for part in parts for label in part.labels])
        _describe(pack, title, author)
        if archivable:
            _claim_archive(pack, first)
        pack.save(
            folder / "pack.pdf", min_version="1.7", deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )  # fmt: skip
        return (folder / "pack.pdf").read_bytes()


@contextmanager
def _unreadable() -> Iterator[None]:
    """What pikepdf says of a file in words of the office."""
    try:
        yield
    except PasswordError as error:
        raise UnreadablePdf("tệp có mật khẩu") from error
    except (PdfError, ValueError, AttributeError, TypeError, RecursionError) as error:
        raise UnreadablePdf("tệp hỏng, không đọc được") from error


def _source(content: bytes, file: Path, sources: ExitStack) -> Pdf:
    """Opened from the disk until the pack is saved: contents are copied only then."""
    file.write_bytes(content)
    with _unreadable():
        opened = sources.enter_context(Pdf.open(file))
        if "/AcroForm" in opened.Root:
            opened.flatten_annotations("print")  # what fields and signatures show stays, as a picture
        return opened


def _take(pack: Pdf, tags: BoundTags, source: Pdf, title: str) -> int:
    """Appends the pages with their tags; returns how many."""
    before = len(pack.pages)
    with _unreadable():
        pack.add_pages_from(source, forms="strip", outlines="ignore")
    tags.add(source, [pack.pages[at] for at in range(before, len(pack.pages))], title)
    return len(source.pages)


def _is_signed(pdf: Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return form is not None and any(_signed(one) for one in form.get("/Fields", []))


def _signed(form_field: Object) -> bool:
    if form_field.get("/FT") == Name.Sig and "/V" in form_field:
        return True
    return any(_signed(kid) for kid in form_field.get("/Kids", []))


def _claims_archive(pdf: Pdf) -> bool:
    if "/Metadata" not in pdf.Root or "/OutputIntents" not in pdf.Root:
        return False
    with pdf.open_metadata() as metadata:
        return (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) == ("2", "A")


def _link(pack: Pdf, starts: Sequence[int]) -> None:
    """Makes the links of the front lead to pages."""
    for page in [pack.pages[at] for at in range(starts[1])]:
        for note in page.obj.get("/Annots", []):
            address = str(note.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(LINK_BASE):
                target = pack.pages[starts[int(address.removeprefix(LINK_BASE))]]
                del note.A
                note.Dest = _top_of(target)


def _top_of(page: Page) -> Array:
    return Array([page.obj, Name.XYZ, None, float(page.cropbox[3]), None])


def _bookmark(pack: Pdf, parts: Sequence[Part], starts: Sequence[int]) -> None:
    """The contents, then each part, below the bookmark of its group."""
    with pack.open_outline() as outline:
        outline.root.append(_bookmark_to(pack, "Mục lục", 0))
        group: OutlineItem | None = None
        for part, start in zip(parts, starts[1:], strict=False):
            item = _bookmark_to(pack, part.title, start)
            if not part.group:
                group = None
                outline.root.append(item)
                continue
            if group is None or group.title != part.group:
                group = _bookmark_to(pack, part.group, start)
                outline.root.append(group)
            group.children.append(item)
    pack.Root.PageMode = Name.UseOutlines


def _bookmark_to(pack: Pdf, title: str, page: int) -> OutlineItem:
    return OutlineItem(title, _top_of(pack.pages[page]))


def _label(pack: Pdf, front: int, labels: Sequence[str]) -> None:
    """What a reader shows as the page's number is what is printed on it."""
    numbers = Array([0, Dictionary(S=Name.r)])
    for at, (before, label) in enumerate(pairwise(["", *labels])):
        if before.isdigit() and label.isdigit() and int(label) == int(before) + 1:
            continue
        numbers.append(front + at)
        style = Dictionary(S=Name.D, St=int(label)) if label.isdigit() else Dictionary(P=String(label))
        numbers.append(style)
    pack.Root.PageLabels = pack.make_indirect(Dictionary(Nums=numbers))


def _describe(pack: Pdf, title: str, author: str) -> None:
    pack.Root.Lang = String("vi")
    pack.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pack.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        if author:
            metadata["dc:creator"] = [author]


def _claim_archive(pack: Pdf, front: Pdf) -> None:
    """The front is our own, so its colours are described as those of every part are."""
    pack.Root.OutputIntents = pack.copy_foreign(front.make_indirect(front.Root.OutputIntents))
    with pack.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "A"


def roman(number: int) -> str:
    """`iv`: as pages before the first are numbered."""
    signs = (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    text = ""
    for value, sign in signs:
        text += sign * (number // value)
        number %= value
    return text
