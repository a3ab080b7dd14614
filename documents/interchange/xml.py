"""XML from nested values, written by lxml."""

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from hdnd.lib.text import without_controls

Value = str | int | Mapping[str, Any] | Sequence[Any]


def fill(parent: Any, namespace: str, values: Mapping[str, Any]) -> None:
    """Adds an element for each value; a list repeats its element, "" and None and empty lists add none."""
    for name, value in values.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one in ("", None) or one == {}:
                continue
            child = etree.SubElement(parent, f"{{{namespace}}}{name}")
            if isinstance(one, Mapping):
                fill(child, namespace, one)
            else:
                child.text = without_controls(str(one))


def written(root: Any) -> bytes:
    """The document, UTF-8 with its declaration."""
    content: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return content
