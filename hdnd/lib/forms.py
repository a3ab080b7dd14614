"""How forms are drawn: one template for a form, one for a field."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class FormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` in our look; admin keeps its own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Selects without a template for each option: a filter bar of 60 options took longer than its list."""
        if template_name == "django/forms/widgets/select.html":
            return select_html(context["widget"])
        return super().render(template_name, context, request)


def select_html(widget: dict[str, Any]) -> SafeString:
    """What Django's select.html, option.html and attrs.html write together, in one pass."""
    groups = []
    for group, options, _ in widget["optgroups"]:
        inner = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((_value(row["value"]), attributes(row["attrs"]), row["label"]) for row in options),
        )
        groups.append(format_html('<optgroup label="{}">{}</optgroup>', group, inner) if group else inner)
    body = format_html_join("", "{}", ((group,) for group in groups))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], attributes(widget["attrs"]), body)


def attributes(attrs: dict[str, Any]) -> SafeString:
    """HTML attributes as Django writes them: True alone, False and None not at all."""
    kept = [(name, value) for name, value in attrs.items() if value is not None and value is not False]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value),)
            for name, value in kept
        ),
    )


def _value(value: Any) -> str:
    return "" if value is None else str(value)
