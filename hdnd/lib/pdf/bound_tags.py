"""The tags of a pack: one section for each paper, whose own tree hangs below it unchanged."""

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Page, Pdf, PdfError, String

from hdnd.lib.pdf.structure import children, kind


class BoundTags:
    """Gathers trees; copying pages alone would drop them in silence."""

    def __init__(self, pack: Pdf) -> None:
        self._pack = pack
        self._root = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, K=Array())
        )
        self._root.K = self._document
        self._index = Array()
        self._next = 0
        pack.Root.StructTreeRoot = self._root
        pack.Root.MarkInfo = Dictionary(Marked=True)

    def add(self, source: Pdf, pages: list[Page], title: str) -> None:
        """Takes over the tree of a source whose pages were copied before; without one, each page becomes a paragraph.

        Args:
            pages: the copies, in the pack.
        """
        section = self._pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, P=self._document, T=String(title), K=Array())
        )
        self._document.K.append(section)
        found = self._tree_of(source)
        if found is None:
            for page in pages:
                self._wrap(page, section)
            return
        copy, index = found
        self._take_names(copy)
        for top in children(copy):
            for kid in children(top) if kind(top) == "Document" else [top]:
                kid.P = section
                section.K.append(kid)
        self._renumber(pages)
        for key, owner in index:
            self._enter(self._next + key, owner)
        self._next += max((key for key, _ in index), default=-1) + 1

    def _tree_of(self, source: Pdf) -> tuple[Object, list[tuple[int, Object]]] | None:
        """A copy of the source's tree with its index; None when it has none that can be followed."""
        root = source.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary) or "/ParentTree" not in root or not root.is_indirect:
            return None
        try:
            copy = self._pack.copy_foreign(root)
            return copy, [(int(key), owner) for key, owner in NumberTree(copy.ParentTree).items()]
        except (PdfError, ValueError, TypeError):
            return None

    def close(self) -> None:
        """Writes the index from marked contents to elements."""
        self._root.ParentTree = self._pack.make_indirect(Dictionary(Nums=self._index))
        self._root.ParentTreeNextKey = self._next

    def _enter(self, key: int, owner: Object) -> None:
        self._index.append(key)
        self._index.append(owner)

    def _take_names(self, copy: Object) -> None:
        """What a source calls its own kinds of elements; of two meanings of a name the first stays."""
        for key in ("/RoleMap", "/ClassMap"):
            for name, meaning in copy.get(key, Dictionary()).items():
                if key not in self._root:
                    self._root[key] = Dictionary()
                if name not in self._root[key]:
                    self._root[key][name] = meaning

    def _renumber(self, pages: Iterable[Page]) -> None:
        """Moves the keys by which pages, their forms and annotations find their owners."""
        seen: set[tuple[int, int]] = set()
        for page in pages:
            holders = [page.obj, *_forms(page.obj.get("/Resources"), seen), *page.obj.get("/Annots", [])]
            for holder in holders:
                for key in ("/StructParents", "/StructParent"):
                    if key in holder:
                        holder[key] = self._next + int(holder[key])

    def _wrap(self, page: Page, section: Object) -> None:
        """One paragraph for all that an untagged page shows, so that a reader at least comes by."""
        paragraph = self._pack.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=section, Pg=page.obj, K=0)
        )
        section.K.append(paragraph)
        page.contents_add(b"/P <</MCID 0>> BDC\n", prepend=True)
        page.contents_add(b"\nEMC")
        page.obj.StructParents = self._next
        self._enter(self._next, Array([paragraph]))
        self._next += 1


def _forms(resources: Object | None, seen: set[tuple[int, int]]) -> Iterator[Object]:
    """The drawings a page uses and those within them, each once though many pages use it."""
    for drawing in dict(resources.get("/XObject", {})).values() if resources is not None else ():
        if drawing.objgen not in seen and drawing.get("/Subtype") == Name.Form:
            seen.add(drawing.objgen)
            yield drawing
            yield from _forms(drawing.get("/Resources"), seen)
