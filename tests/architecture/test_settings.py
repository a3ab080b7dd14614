"""The environment is read in one place and described in README.md."""

import ast
import re

from tests.architecture.source import ROOT, dotted, modules

READERS = {"text", "boolean", "integer", "words", "database", "email", "secret", "storage", "scanner"}
# Entry points name the settings module; the PDF engine points fontconfig, a library, to its file; the
# walkthrough hands its child process an environment of its own, and a backup its tools the password.
MAY_TOUCH_ENVIRON = {
    "hdnd/env.py",
    "hdnd/wsgi.py",
    "hdnd/celery.py",
    "hdnd/lib/backup.py",
    "hdnd/lib/pdf/fonts.py",
    "meetings/management/commands/walkthrough.py",
}


def variables_read() -> set[str]:
    """The first argument of every call of a reader, wherever it stands."""
    found = set()
    for module in modules():
        inside = module.path == "hdnd/env.py"
        for call in module.calls():
            reader = dotted(call.func).removeprefix("env.")
            known = reader in READERS and (inside or dotted(call.func).startswith("env."))
            if known and call.args and isinstance(call.args[0], ast.Constant):
                found.add(call.args[0].value)
    return found


def variables_described() -> set[str]:
    """First cells of the table of README.md between its marks."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("<!-- environment -->")[1].split("<!-- /environment -->")[0]
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]*)`", table, flags=re.M))


def test_the_readme_describes_the_variables_that_are_read_and_no_others():
    assert variables_described() == variables_read()


def test_the_environment_is_read_through_its_readers_only():
    touching = {
        module.path
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}
    }
    assert touching <= MAY_TOUCH_ENVIRON, touching - MAY_TOUCH_ENVIRON


def test_the_project_depends_on_nothing_beside_it():
    """No address of a package registry and no path of somebody's machine in a file that is shipped."""
    files = [ROOT / "Makefile", ROOT / "Procfile", ROOT / "pyproject.toml", ROOT / "README.md"]
    files += [
        *(ROOT / "requirements").iterdir(),
        *(file for file in (ROOT / ".ci").iterdir() if file.is_file()),
    ]
    texts = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}
    texts |= {module.path: module.text for module in modules()}
    own = re.compile(r"/(home|root|work|Users)/|--(extra-)?index-url|--find-links|\.\./shared")
    assert {path: own.search(text)[0] for path, text in texts.items() if own.search(text)} == {}
