"""How forms are drawn: one template for a form, one for a field."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from hdnd.lib.cells import escaped

# Those whose template is Django's input.html and nothing else.
_INPUTS = frozenset(
    f"django/forms/widgets/{name}.html"
    for name in (
        "input",
        "text",
        "number",
        "email",
        "url",
        "date",
        "datetime",
        "time",
        "hidden",
        "search",
        "tel",
    )
)


class FormRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` in our look; admin keeps its own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Selects and inputs without templates, three deep for each: a filter bar took longer than its list."""
        if template_name == "django/forms/widgets/select.html":
            return select_html(context["widget"])
        if template_name in _INPUTS:
            return input_html(context["widget"])
        return super().render(template_name, context, request)


def select_html(widget: dict[str, Any]) -> SafeString:
    """What Django's select.html, option.html and attrs.html write together, in one pass."""
    groups = []
    for group, options, _ in widget["optgroups"]:
        inner = "".join(
            f'<option value="{escaped(_value(row["value"]))}"{attributes(row["attrs"])}>{escaped(row["label"])}</option>'
            for row in options
        )
        groups.append(f'<optgroup label="{escaped(group)}">{inner}</optgroup>' if group else inner)
    name = escaped(widget["name"])
    return SafeString(f'<select name="{name}"{attributes(widget["attrs"])}>{"".join(groups)}</select>')


def input_html(widget: dict[str, Any]) -> SafeString:
    """What Django's input.html and attrs.html write together."""
    value = widget["value"]
    held = "" if value is None else f' value="{escaped(value)}"'
    kind, name = escaped(widget["type"]), escaped(widget["name"])
    return SafeString(f'<input type="{kind}" name="{name}"{held}{attributes(widget["attrs"])}>')


def attributes(attrs: dict[str, Any]) -> str:
    """HTML attributes as Django writes them: True alone, False and None not at all."""
    return "".join(
        f" {escaped(name)}" if value is True else f' {escaped(name)}="{escaped(value)}"'
        for name, value in attrs.items()
        if value is not None and value is not False
    )


def _value(value: Any) -> str:
    return "" if value is None else str(value)
