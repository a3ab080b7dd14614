"""The project's own source, parsed once, for the tests beside this file."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("hdnd", "councils", "coordination", "documents", "meetings", "voters", "oversight", "workbench")


@dataclass(frozen=True)
class Module:
    """One module: its path from the root, text and syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """`services` for app/services.py and for every module of app/services/."""
        parts = Path(self.path).with_suffix("").parts
        return parts[1] if len(parts) > 1 else parts[0]

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[ast.Call]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node


@cache
def modules(with_tests: bool = False) -> tuple[Module, ...]:
    """Every module of the apps (and of the tests), migrations left out."""
    found = []
    for top in (*APPS, *(["tests"] if with_tests else [])):
        for file in sorted((ROOT / top).rglob("*.py")):
            if "migrations" in file.parts:
                continue
            text = file.read_text(encoding="utf-8")
            found.append(Module(str(file.relative_to(ROOT)), text, ast.parse(text)))
    assert len(found) > 20, "the search for modules is broken"
    return tuple(found)


@cache
def templates() -> tuple[Path, ...]:
    """Every template file of the project."""
    folders = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
    return tuple(file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of names, with `?` for what is not a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"
