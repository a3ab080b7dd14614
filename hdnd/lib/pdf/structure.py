"""The tree of tags of a PDF: walking it, and mending what WeasyPrint leaves short of one paper's real structure."""

import re
from collections.abc import Callable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf

Mark = tuple[tuple[int, int], int]
"""A marked piece of a page's content: the page object and its MCID."""

_HEADING = re.compile(r"H[1-6]$")
_TEXT = re.compile(rb"/Span\s*<<\s*/MCID (\d+)\s*>>\s*BDC(.*?)EMC", re.DOTALL)
_GLYPHS = re.compile(rb"<([0-9a-fA-F]+)>")


def elements(root: Object) -> Iterator[Object]:
    """Every structure element in reading order, the root first; without recursion, for a pack of papers is deep."""
    waiting: list[Object] = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(children(element)))


def children(element: Object) -> list[Object]:
    """The structure elements right below."""
    return [kid for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def kind(element: Object) -> str:
    """What the element is, as `Table`; empty for the root."""
    return str(element.get("/S", ""))[1:]


def kids(element: Object) -> list[object]:
    """All that stands right below: elements, marked contents, references to objects."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def marks(element: Object) -> Iterator[Mark]:
    """The marked contents that the element itself owns."""
    own_page = element.get("/Pg")
    for kid in kids(element):
        if isinstance(kid, Dictionary):
            page = kid.get("/Pg", own_page)
            if "/MCID" in kid and page is not None:
                yield page.objgen, int(kid.MCID)
        elif own_page is not None:
            yield own_page.objgen, int(kid)  # type: ignore[call-overload]


def mend(pdf: Pdf) -> set[Mark]:
    """Makes the tree say what the paper is, and forgets what no element names any more.

    A table over several pages, which WeasyPrint tags as one for each page, becomes one with one head; so does an
    annex; headings go down one level at a time, from H1; header cells say that they head a column; what is empty goes.

    Returns:
        The marked contents that still belong to the tree; all others are page furniture, such as a repeated head.
    """
    root = pdf.Root.StructTreeRoot
    place = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    texts = _texts_of(pdf)
    found: list[Object] = []
    # A parent comes before its kids: an annex is joined first, and has all parts of its tables together then.
    for element in elements(root):
        _join(element, lambda one, following: _goes_on(one, following, place, texts))
        found.append(element)
    found = _prune(found)
    _level_headings(found)
    named: set[Mark] = set()
    for element in found:
        if kind(element) in ("TH", "TD"):
            _say_column(element)
        named.update(marks(element))
    _forget(pdf, named)
    return named


def _join(parent: Object, goes_on: Callable[[Object, Object], bool]) -> None:
    """Joins neighbours below the parent, the second being what became of the first on its next page."""
    before: Object | None = None
    joined = set()
    for kid in children(parent):
        if before is not None and goes_on(before, kid):
            _take_over(before, kid)
            joined.add(kid.objgen)
        else:
            before = kid
    if joined:
        left = (kid for kid in kids(parent) if not isinstance(kid, Dictionary) or kid.objgen not in joined)
        parent.K = Array(left)


def _goes_on(
    one: Object, following: Object, place: dict[tuple[int, int], int], text_of: Callable[[Mark], bytes]
) -> bool:
    """Whether the second is the same table or section on its next page: a head repeated, a section without heading."""
    if kind(one) not in ("Table", "Sect") or kind(following) != kind(one):
        return False
    if _first_page(following, place) != _last_page(one, place) + 1:
        return False
    if kind(one) == "Table":
        head, again = _head(one), _head(following)
        return bool(head) and bool(again) and _text(head, text_of) == _text(again, text_of)
    return not any(_HEADING.match(kind(element)) for element in elements(following))


def _take_over(one: Object, following: Object) -> None:
    """Moves the rows or the paragraphs; the repeated head stays behind, outside the tree."""
    into, moved = one, children(following)
    if kind(one) == "Table":
        into = next((kid for kid in reversed(children(one)) if kind(kid) == "TBody"), one)
        bodies = [kid for kid in moved if kind(kid) != "THead"]
        moved = [row for kid in bodies for row in (children(kid) if kind(kid) == "TBody" else [kid])]
    for kid in moved:
        kid.P = into
        into.K.append(kid)


def _head(table: Object) -> list[Object]:
    return [kid for kid in children(table) if kind(kid) == "THead"]


def _text(heads: list[Object], text_of: Callable[[Mark], bytes]) -> list[bytes]:
    """The glyphs of each piece; fonts are the same on all pages of a paper."""
    return [text_of(mark) for head in heads for element in elements(head) for mark in marks(element)]


def _first_page(element: Object, place: dict[tuple[int, int], int]) -> int:
    return min((place[page] for one in elements(element) for page, _ in marks(one)), default=-1)


def _last_page(element: Object, place: dict[tuple[int, int], int]) -> int:
    """Of its last piece that is marked; the last row of a table is enough to look at."""
    while children(element):
        element = children(element)[-1]
    page = element.get("/Pg")
    return place[page.objgen] if page is not None else -1


def _texts_of(pdf: Pdf) -> Callable[[Mark], bytes]:
    """Reads a page's marked texts when it is first asked for one of them."""
    pages = {page.obj.objgen: page.obj for page in pdf.pages}
    read: dict[tuple[int, int], dict[int, bytes]] = {}

    def text_of(mark: Mark) -> bytes:
        page, number = mark
        if page not in read:
            found = _TEXT.findall(pages[page].Contents.read_bytes())
            read[page] = {int(mcid): b"".join(_GLYPHS.findall(text)) for mcid, text in found}
        return read[page].get(number, b"")

    return text_of


def _prune(found: list[Object]) -> list[Object]:
    """Drops elements without content, such as the boxes of rules; an empty cell keeps its place in the row.

    Returns:
        What stays, in reading order.
    """
    empty: set[tuple[int, int]] = set()
    for element in reversed(found):  # what a parent holds is pruned before the parent
        held = kids(element)
        kept = [kid for kid in held if not isinstance(kid, Dictionary) or kid.objgen not in empty]
        if not kept and kind(element) not in ("TD", "TH"):
            empty.add(element.objgen)
        elif len(kept) < len(held):
            element.K = Array(kept)
    return [element for element in found if element.objgen not in empty]


def _level_headings(found: list[Object]) -> None:
    """The first is H1, and none is more than one level below the one before; equals stay equals."""
    above: list[str] = []
    for element in found:
        level = kind(element)
        if _HEADING.match(level):
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            element.S = Name(f"/H{len(above)}")


def _say_column(cell: Object) -> None:
    """`Scope` is all a reader needs where every column has one head; names of heads would need an index of their own."""
    if "/ID" in cell:
        del cell.ID
    attributes = cell.get("/A")
    if attributes is None:
        attributes = cell.A = Dictionary(O=Name.Table)
    if "/Headers" in attributes:
        del attributes.Headers
    if kind(cell) == "TH" and "/Scope" not in attributes:
        attributes.Scope = Name.Column


def _forget(pdf: Pdf, named: set[Mark]) -> None:
    """Takes what is outside the tree out of the index from marked contents to elements."""
    rows = pdf.Root.StructTreeRoot.ParentTree.Nums
    of_page = {int(rows[at]): rows[at + 1] for at in range(0, len(rows), 2)}
    for page in pdf.pages:
        owners = of_page.get(int(page.obj.get("/StructParents", -1)))
        if isinstance(owners, Array):
            for number in range(len(owners)):
                if (page.obj.objgen, number) not in named:
                    owners[number] = None
