"""Forms of regulations and duties."""

from typing import Any

from django import forms

from coordination.choices import EventKind
from coordination.models import Clause
from councils.choices import OrganizationKind


class CodesField(forms.TypedMultipleChoiceField):
    """Several codes kept as a list."""

    def __init__(self, *, choices: Any, label: str, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            choices=choices, label=label, required=required, help_text=help_text,
            widget=forms.CheckboxSelectMultiple, empty_value=[],
        )  # fmt: skip

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(initial or []) != sorted(data or [])


class ClauseForm(forms.ModelForm):  # type: ignore[type-arg]
    """A clause in the order of the sentence it makes."""

    event_kinds = CodesField(choices=EventKind.choices, label="Khi có", required=False)
    host_kinds = CodesField(choices=OrganizationKind.choices, label="do bên sau đây tổ chức", required=False)
    counterpart_kinds = CodesField(choices=OrganizationKind.choices, label="đối với")

    class Meta:
        model = Clause
        fields = "__all__"  # noqa: DJ007 - the admin page shows all of it


class WaiveForm(forms.Form):
    """Why a duty is deliberately not done."""

    reason = forms.CharField(
        label="Lý do không thực hiện", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lý do được lưu vào nhật ký và vào báo cáo.", error_messages={"required": "Ghi lý do."},
    )  # fmt: skip

    def __init__(self, *args: Any, is_waived: bool, is_debtor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        # Nobody else gets as far as the form: the service refuses them, whatever they send.
        field.required = is_debtor and not is_waived
        if is_waived:
            field.help_text += " Để trống để bỏ miễn."
