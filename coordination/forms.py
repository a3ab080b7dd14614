"""Forms of regulations, duties and terms."""

from typing import Any

from django import forms

from coordination.choices import Direction, EventKind, LeadUnit
from coordination.law.working_days import MOST_DAYS
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


class WithdrawForm(forms.Form):
    """Why a piece of evidence is wrong."""

    reason = forms.CharField(
        label="Lý do rút bằng chứng", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bằng chứng vẫn hiện cùng lý do, nhưng không còn được tính. Lý do được lưu vào diễn biến.",
    )  # fmt: skip

    def __init__(self, *args: Any, is_withdrawn: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.required = not is_withdrawn
        field.error_messages["required"] = "Ghi lý do rút bằng chứng."
        if is_withdrawn:
            field.help_text = "Để trống để khôi phục bằng chứng."


class CalculatorForm(forms.Form):
    """A term of the law by its code, or days, unit and direction; and the day it is counted from."""

    ngay = forms.DateField(
        label="Ngày mốc", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Chọn ngày mốc.", "invalid": "Ngày mốc phải là một ngày có thật."},
    )  # fmt: skip
    thoi_han = forms.ChoiceField(label="Thời hạn", required=False)
    so_ngay = forms.IntegerField(
        label="Số ngày", required=False, min_value=0, max_value=MOST_DAYS, initial=5,
        error_messages={
            "invalid": "Số ngày phải là số nguyên.",
            "min_value": "Số ngày không được âm; chọn “trước” để tính lùi.",
            "max_value": f"Số ngày không quá {MOST_DAYS}.",
        },
    )  # fmt: skip
    don_vi = forms.ChoiceField(label="Đơn vị", required=False, choices=LeadUnit.choices)
    chieu = forms.ChoiceField(
        label="Chiều tính", required=False, choices=[("after", "sau ngày mốc"), ("before", "trước ngày mốc")]
    )

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["thoi_han"]
        field.choices = [("", "Tự nhập số ngày"), *codes]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = (
            "Không có thời hạn này. Chọn lại trong danh sách, hoặc tự nhập số ngày."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_said = given.get("thoi_han") or given.get("so_ngay") is not None
        if not is_said and not {"thoi_han", "so_ngay"} & set(self.errors):
            self.add_error("so_ngay", "Nhập số ngày, hoặc chọn một thời hạn trong danh sách.")
        given["don_vi"] = given.get("don_vi") or LeadUnit.WORKING_DAYS
        given["chieu"] = given.get("chieu") or Direction.AFTER
        return given
