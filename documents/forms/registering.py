"""Registering: a signed paper, a number reserved for one, a number given up."""

from typing import Any

from django import forms

from councils.models import Organization
from documents.choices import DocumentType
from documents.services.registering import MOST_AT_ONCE, PaperInput
from hdnd.lib import filetypes


def _many() -> forms.Widget:
    return forms.SelectMultiple(attrs={"data-tom-select": ""})


class NumberForm(forms.Form):
    """Whose number and of which series."""

    organization = forms.ModelChoiceField(
        label="Cơ quan ban hành", queryset=Organization.objects.none(), empty_label=None
    )
    doc_type = forms.ChoiceField(label="Loại văn bản", choices=[("", "Chọn loại"), *DocumentType.choices])
    is_legal = forms.BooleanField(
        label="Văn bản quy phạm pháp luật", required=False,
        help_text="Đánh số riêng, ký hiệu có năm: 12/2026/NQ-HĐND.",
    )  # fmt: skip
    co_issuers = forms.ModelMultipleChoiceField(
        label="Cùng ban hành", queryset=Organization.objects.none(), required=False, widget=_many(),
        help_text="Văn bản liên tịch: số của cơ quan đứng đầu, ký hiệu nêu đủ các cơ quan.",
    )  # fmt: skip

    def __init__(self, *args: Any, own: Any, joint: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]
        self.fields["co_issuers"].queryset = joint  # type: ignore[attr-defined]

    def number(self) -> dict[str, Any]:
        """The cleaned choice for the service; joint bodies in the order in which they were chosen."""
        given = {name: self.cleaned_data[name] for name in ("organization", "doc_type", "is_legal")}
        chosen = {str(body.pk): body for body in self.cleaned_data["co_issuers"]}
        asked = self.data.getlist("co_issuers")  # type: ignore[attr-defined]
        return {**given, "co_issuers": [chosen[key] for key in dict.fromkeys(asked)]}


class ReserveForm(NumberForm):
    """Numbers kept for papers made elsewhere."""

    purpose = forms.CharField(
        label="Giữ cho văn bản",
        max_length=1000,
        help_text="Ví dụ: Nghị quyết về kế hoạch đầu tư công năm 2027.",
    )
    count = forms.IntegerField(label="Số lượng số", min_value=1, max_value=MOST_AT_ONCE, initial=1)


class PaperForm(forms.Form):
    """What the signed paper says, and its file."""

    subject = forms.CharField(label="Trích yếu", max_length=1000)
    issued_on = forms.DateField(
        label="Ngày văn bản", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    signer_name = forms.CharField(label="Người ký", max_length=120)
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=200, required=False)
    recipients = forms.CharField(
        label="Nơi nhận", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi nơi một dòng, như in trên văn bản.",
    )  # fmt: skip
    copies = forms.IntegerField(label="Số lượng bản", min_value=1, max_value=100_000, required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
    file = forms.FileField(
        label="Bản đã ký", validators=[filetypes.not_too_large], help_text="PDF, không quá 50 MB, không mật khẩu.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept([filetypes.PDF])}),
    )  # fmt: skip

    def paper(self) -> PaperInput:
        """The cleaned paper for the service."""
        names = ("subject", "issued_on", "signer_name", "signer_title", "copies", "note")
        upload = self.cleaned_data["file"]
        return PaperInput(
            **{name: self.cleaned_data[name] for name in names},
            recipients=self.cleaned_data["recipients"].splitlines(),
            file_name=upload.name,
            content=upload.read(),
        )


class RegisterForm(PaperForm, NumberForm):
    """A signed paper under the next number."""

    field_order = ("organization", "doc_type", "is_legal", "co_issuers")


class VoidForm(forms.Form):
    """Why a number is given up."""

    reason = forms.CharField(label="Lý do hủy số", max_length=500)
