"""Walks the tags of a PDF and says what a screen reader would stumble over."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

Mark = tuple[int, int]  # page, MCID
PAINTS = {
    "f",
    "F",
    "f*",
    "B",
    "B*",
    "b",
    "b*",
    "S",
    "s",
    "Tj",
    "TJ",
    "'",
    '"',
    "Do",
    "sh",
    "EI",
    "INLINE IMAGE",
}


class Structure:
    """The tree of one file."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.page_of = {page.obj.objgen: at for at, page in enumerate(self.pdf.pages)}
        self.elements = list(self._walk(self.pdf.Root.StructTreeRoot))

    def _walk(self, element: Any) -> Iterator[Any]:
        yield element
        for kid in self.children(element):
            yield from self._walk(kid)

    @staticmethod
    def kids(element: Any) -> list[Any]:
        found = element.get("/K", [])
        return list(found) if isinstance(found, pikepdf.Array) else [found]

    def children(self, element: Any) -> list[Any]:
        return [kid for kid in self.kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    def marks(self, element: Any) -> list[Mark]:
        return [
            (self.page_of[element.Pg.objgen], int(kid)) for kid in self.kids(element) if isinstance(kid, int)
        ]

    def of(self, *kinds: str) -> list[Any]:
        """Elements of the kinds in reading order."""
        return [element for element in self.elements if str(element.get("/S")) in kinds]

    def cells(self, table: Any) -> list[Any]:
        """Of a table, head and body."""
        return [element for element in self._walk(table) if str(element.S) in {"/TH", "/TD"}]

    def painted(self) -> Iterator[tuple[int, str, int | None, str]]:
        """Each painting operator: page, operator, MCID it stands in, outermost tag."""
        for at, page in enumerate(self.pdf.pages):
            open_tags: list[tuple[str, int | None]] = []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator in {"BDC", "BMC"}:
                    given = instruction.operands[1] if operator == "BDC" else {}
                    number = given.get("/MCID") if isinstance(given, pikepdf.Dictionary) else None
                    open_tags.append((str(instruction.operands[0]), None if number is None else int(number)))
                elif operator == "EMC":
                    open_tags.pop()
                elif operator in PAINTS:
                    number = next((number for _, number in open_tags if number is not None), None)
                    yield at, operator, number, open_tags[0][0] if open_tags else ""


def faults(content: bytes, *, tables: int | None = None) -> list[str]:
    """Everything that is wrong; empty for a paper that reads as it looks.

    Args:
        tables: how many there must be.
    """
    one = Structure(content)
    found = [*_of_the_file(one), *_headings(one), *_contents(one), *_index(one)]
    for at, table in enumerate(one.of("/Table"), start=1):
        found += [f"table {at}: {what}" for what in _table(one, table)]
    if tables is not None and len(one.of("/Table")) != tables:
        found.append(f"{len(one.of('/Table'))} tables instead of {tables}")
    return found


def _of_the_file(one: Structure) -> Iterator[str]:
    root = one.pdf.Root
    if str(root.get("/Lang", "")) != "vi":
        yield "no language"
    if not bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)):
        yield "not marked"
    if not bool(root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False)):
        yield "title not displayed"
    with one.pdf.open_metadata() as metadata:
        if not metadata.get("dc:title"):
            yield "no title"
    if [str(kid.S) for kid in one.children(root.StructTreeRoot)] != ["/Document"]:
        yield "not one document"
    for page in one.pdf.pages:
        if str(page.obj.get("/Tabs", "/S")) != "/S":
            yield "tab order is not the structure's"
    for element in one.elements:
        if "/S" in element and not one.kids(element) and str(element.S) not in {"/TD", "/TH"}:
            yield f"empty {element.S}"


def _headings(one: Structure) -> Iterator[str]:
    levels = [int(str(element.S)[2:]) for element in one.of(*(f"/H{level}" for level in range(1, 7)))]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"H{level} after H{before}"
    if not levels:
        yield "no heading"


def _contents(one: Structure) -> Iterator[str]:
    owned = Counter(mark for element in one.elements if "/S" in element for mark in one.marks(element))
    yield from (f"{mark} owned {times} times" for mark, times in owned.items() if times > 1)
    seen = set()
    for page, operator, number, tag in one.painted():
        if number is None and tag != "/Artifact":
            yield f"page {page}: {operator} is neither content nor furniture"
        elif number is not None:
            seen.add((page, number))
    yield from (f"{mark} belongs to nothing" for mark in sorted(seen - set(owned)))
    yield from (f"{mark} names nothing" for mark in sorted(set(owned) - seen))
    # The order of the tree is the order of what is printed.
    order = [mark for element in one.elements if "/S" in element for mark in one.marks(element)]
    if order != sorted(order):
        yield "read in another order than printed"


def _index(one: Structure) -> Iterator[str]:
    rows = one.pdf.Root.StructTreeRoot.ParentTree.Nums
    index = {int(rows[at]): rows[at + 1] for at in range(0, len(rows), 2)}
    if list(index) != sorted(index):
        yield "index out of order"
    indexed = {}
    for at, page in enumerate(one.pdf.pages):
        for number, owner in enumerate(index.get(int(page.obj.get("/StructParents", -1)), [])):
            if owner is not None:
                indexed[at, number] = owner.objgen
    owners = {
        mark: element.objgen for element in one.elements if "/S" in element for mark in one.marks(element)
    }
    if indexed != owners:
        yield "the index names other owners than the tree"
    yield from (
        f"{element.S} under a wrong parent"
        for element in one.elements
        for kid in one.children(element)
        if kid.P.objgen != element.objgen
    )


def _table(one: Structure, table: Any) -> Iterator[str]:
    parts = [str(kid.S) for kid in one.children(table)]
    if parts != ["/THead", "/TBody"]:
        yield f"made of {parts}"
        return
    head, body = one.children(table)
    for row in one.children(head):
        for cell in one.children(row):
            if str(cell.S) != "/TH" or str(cell.get("/A", {}).get("/Scope")) != "/Column":
                yield f"{cell.S} without scope in the head"
    widths = {len(one.children(row)) for row in one.children(head)}
    below: Counter[int] = Counter()  # column -> rows still covered by a cell above
    for at, row in enumerate(one.children(body)):
        covered = sum(rows > 0 for rows in below.values())
        cells = one.children(row)
        wide = sum(int(cell.get("/A", {}).get("/ColSpan", 1)) for cell in cells)
        if {wide + covered} != widths:
            yield f"row {at} has {len(cells)} cells and {covered} covered, the head {widths}"
        below = Counter({column: rows - 1 for column, rows in below.items() if rows > 1})
        for column, cell in enumerate(cells):
            if str(cell.S) != "/TD":
                yield f"{cell.S} in the body"
            span = int(cell.get("/A", {}).get("/RowSpan", 1))
            if span > 1:
                below[-1 - at * 100 - column] = span - 1
