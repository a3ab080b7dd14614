"""What architecture.md says of modules: sizes, names, rooms, and the one clock."""

import ast

import pytest
from importlinter.cli import lint_imports

from tests.architecture.source import ROOT, Module, dotted, modules

MODULE_LINES = 400
FUNCTION_LINES = 60
# A query or a write in a view goes past visible_to() and the services.
NOT_IN_VIEWS = {"filter", "exclude", "save", "create", "bulk_create", "get_or_create", "update_or_create"}
DOCUMENTED_ROOMS = {"law", "queries", "services", "permissions"}
THE_CLOCK = "hdnd/lib/clock.py"
OTHER_CLOCKS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "timezone.now", "timezone.localdate",
    "timezone.localtime", "datetime.datetime.now", "datetime.date.today",
}  # fmt: skip


def views(module: Module) -> bool:
    return module.room == "views"


def test_imports_go_downward():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_module_is_too_long():
    sizes = {module.path: len(module.text.splitlines()) for module in modules(with_tests=True)}
    assert {path: size for path, size in sizes.items() if size > MODULE_LINES} == {}


def test_no_function_is_too_long():
    too_long = [
        f"{module.path}:{function.lineno} {function.name}: {function.end_lineno - function.lineno + 1} lines"
        for module in modules(with_tests=True)
        for function in module.functions()
        if function.end_lineno - function.lineno + 1 > FUNCTION_LINES
    ]
    assert too_long == []


def test_no_module_is_named_after_nothing():
    nothing = {"utils", "helpers", "common", "core"}
    paths = [module.path for module in modules(with_tests=True)]
    assert [path for path in paths if nothing & set(path.removesuffix(".py").split("/"))] == []


def test_views_read_through_queries_and_write_through_services():
    offences = [
        f"{module.path}:{call.lineno} .{call.func.attr}("
        for module in modules()
        if views(module)
        for call in module.calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in NOT_IN_VIEWS
    ]
    managers = [
        f"{module.path}:{node.lineno} .objects"
        for module in modules()
        if views(module)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert offences + managers == []


def test_there_is_one_clock():
    others = [
        f"{module.path}:{call.lineno} {dotted(call.func)}()"
        for module in modules()
        if module.path != THE_CLOCK
        for call in module.calls()
        if dotted(call.func) in OTHER_CLOCKS
    ]
    assert others == []


def test_public_functions_say_what_they_do_and_are_typed():
    silent = []
    for module in modules():
        if module.room not in DOCUMENTED_ROOMS and not module.path.startswith("hdnd/lib/"):
            continue
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            typed = node.returns is not None and all(argument.annotation for argument in arguments)
            if not typed or not ast.get_docstring(node):
                silent.append(f"{module.path}:{node.lineno} {node.name}")
    assert silent == []


def test_verbs_of_services_take_their_arguments_by_name():
    """`issue(actor=…, invitation=…)`: two persons of one type are never mixed up by their order."""
    verbs = [
        (module, node)
        for module in modules()
        if module.room == "services"
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "actor" in {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
    ]
    assert verbs != []
    assert [f"{module.path}:{node.lineno} {node.name}" for module, node in verbs if node.args.args] == []


@pytest.mark.django_db
def test_migrations_say_all_that_the_models_say():
    from django.core.management import call_command

    # exits with 1, that is SystemExit, when a migration is missing
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
