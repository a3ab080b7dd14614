"""Every template compiles, and none carries what the content security policy refuses."""

import re

import pytest
from django.template import Engine, engines

from tests.architecture.source import ROOT, templates

# Papers and mails are drawn by WeasyPrint and mail programs, which know no such policy.
OWN_STYLE = {"pdf", "paper", "papers", "mail", "email"}

REFUSED = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\ssrc\s*=)(?![^>]*application/json)", re.IGNORECASE),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "other site": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}

HTML = [file for file in templates() if file.suffix == ".html"]
PAGES = [file for file in HTML if not OWN_STYLE & set(file.relative_to(ROOT).parts[:-1])]


def name(file):
    return str(file.relative_to(ROOT))


def test_templates_are_found():
    assert PAGES != []


@pytest.mark.parametrize("file", templates(), ids=name)
def test_template_compiles(file):
    engine: Engine = engines["django"].engine
    source = file.read_text(encoding="utf-8")
    assert engine.from_string(source).source == source


@pytest.mark.parametrize("file", PAGES, ids=name)
def test_page_keeps_the_content_security_policy(file):
    source = re.sub(
        r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", file.read_text(encoding="utf-8"), flags=re.S
    )
    assert [kind for kind, pattern in REFUSED.items() if pattern.search(source)] == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<script type="module">x</script>', "inline script"),
        ('<button type="button" onclick="x()">', "inline handler"),
        ('<a href="javascript:x()">', "javascript: address"),
        ('<script src="https://cdn.test/x.js"></script>', "other site"),
    ],
)
def test_the_patterns_find_what_they_name(source, kind):
    assert [found for found, pattern in REFUSED.items() if pattern.search(source)] == [kind]


@pytest.mark.parametrize(
    "source",
    [
        "<script src=\"{% static 'app.js' %}\" defer></script>",
        '<script type="application/json" id="x">{}</script>',
        '<p class="style" data-on="x">',
        '<a href="/style=1">',
    ],
)
def test_the_patterns_leave_the_rest(source):
    assert [found for found, pattern in REFUSED.items() if pattern.search(source)] == []
