"""Our quick select writes what Django's templates write."""

import re

from django import forms
from django.forms.renderers import DjangoTemplates

from hdnd.lib.forms import FormRenderer

CHOICES = (("", "Mọi loại"), ("a", 'Có "ngoặc" & <thẻ>'), ("Nhóm", (("b", "Bê"), ("c", "Xê"))), (7, "Bảy"))


def drawn(widget: forms.Select, value: object, renderer: object) -> str:
    html = widget.render(
        "loai", value, attrs={"id": "id_loai", "required": True, "disabled": False}, renderer=renderer
    )
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", html)).replace("> ", ">").replace(" <", "<").strip()


def test_selects_are_the_same_as_djangos() -> None:
    for widget, value in (
        (forms.Select(choices=CHOICES), "b"),
        (forms.Select(choices=CHOICES), 7),
        (forms.Select(choices=CHOICES), None),
        (forms.SelectMultiple(choices=CHOICES, attrs={"data-tom-select": ""}), ["a", "c"]),
    ):
        assert drawn(widget, value, FormRenderer()) == drawn(widget, value, DjangoTemplates())


def test_text_in_options_is_escaped() -> None:
    html = forms.Select(choices=[("<x>", "<script>alert(1)</script>")]).render(
        "a", None, renderer=FormRenderer()
    )
    assert "<script>" not in html
    assert 'value="&lt;x&gt;"' in html
