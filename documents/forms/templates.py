"""The parts of a template as a form."""

from typing import Any

from django import forms

from documents.paper.fields import FIELDS, Field
from documents.paper.template_kinds import TemplateKind


class TemplateForm(forms.Form):
    """A box for each part of the kind; what a part may not say is told by the service."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=200,
        help_text="Sửa gì, vì sao; hiện trong danh sách các bản.",
    )

    def __init__(self, *args: Any, kind: TemplateKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for part in kind.parts:
            shared: dict[str, Any] = {
                "label": part.name,
                "help_text": part.help,
                "required": part.is_required,
            }
            if part.choices:
                self.fields[part.key] = forms.ChoiceField(choices=part.choices, **shared)
                continue
            box = forms.Textarea(attrs={"rows": part.rows})
            self.fields[part.key] = forms.CharField(widget=box, strip=False, **shared)
        self.order_fields([*(part.key for part in kind.parts), "note", "seen"])

    def parts(self) -> dict[str, str]:
        """What was typed, by the part's key."""
        return {part.key: self.cleaned_data.get(part.key, "") for part in self.kind.parts}

    def boxes(self) -> list[tuple[Any, list[Field]]]:
        """Each part's box with the fields that may be put into it."""
        return [(self[part.key], [FIELDS[name] for name in part.fields]) for part in self.kind.parts]
