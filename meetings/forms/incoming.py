"""Invitations that came in: the paper, who attends, what came of it."""

from typing import Any

from django import forms

from coordination.choices import EventKind
from councils.models import Organization, Person
from hdnd.lib import filetypes
from meetings.forms.planning import MomentField, day_picker, picker
from meetings.models import IncomingInvitation
from meetings.services.incoming import FIELDS, IncomingInput


class IncomingForm(forms.Form):
    """The paper as it lies on the desk."""

    organization = forms.ModelChoiceField(
        label="Cơ quan được mời", queryset=Organization.objects.none(), empty_label=None
    )
    host = forms.ModelChoiceField(
        label="Cơ quan mời", queryset=Organization.objects.none(), widget=picker(), empty_label="Chọn cơ quan",
        help_text="Chưa có trong danh sách: nhờ quản trị thêm vào danh mục cơ quan.",
    )  # fmt: skip
    symbol = forms.CharField(
        label="Số, ký hiệu", max_length=80, required=False, help_text="Ví dụ 45/GM-UBND. Lịch tuần: để trống."
    )
    dated_on = forms.DateField(label="Ngày trên giấy mời", required=False, widget=day_picker())
    received_on = forms.DateField(label="Ngày nhận", widget=day_picker())
    kind = forms.ChoiceField(
        label="Loại sự kiện", choices=[("", "Chọn loại sự kiện"), *EventKind.choices],
        help_text="Quy chế áp dụng theo loại sự kiện và cơ quan mời.",
    )  # fmt: skip
    title = forms.CharField(label="Mời dự", max_length=300)
    starts_at = MomentField(label="Bắt đầu")
    place = forms.CharField(label="Địa điểm", max_length=300, required=False)
    file = forms.FileField(
        label="Bản chụp giấy mời", required=False, validators=[filetypes.not_too_large],
        help_text="PDF hoặc ảnh, không quá 50 MB.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept(filetypes.SCANS)}),
    )  # fmt: skip
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        hosts: Any,
        own: Any = None,
        incoming: IncomingInvitation | None = None,
        **kwargs: Any,
    ) -> None:
        if incoming:
            kwargs["initial"] = {name: getattr(incoming, name) for name in FIELDS}
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        if own is None:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = own  # type: ignore[attr-defined]

    def paper(self) -> IncomingInput:
        """The cleaned paper for the service."""
        given = {name: self.cleaned_data[name] for name in FIELDS}
        upload = self.cleaned_data["file"]
        return IncomingInput(
            **given, file_name=upload.name if upload else "", content=upload.read() if upload else None
        )


class AssignForm(forms.Form):
    """Who attends."""

    people = forms.ModelMultipleChoiceField(
        label="Người dự", queryset=Person.objects.none(), required=False, widget=picker(many=True)
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class ResultForm(forms.Form):
    """Whether the body attended."""

    result = forms.ChoiceField(
        label="Kết quả", choices=(("co", "Đã dự"), ("khong", "Không dự"), ("", "Chưa ghi")), required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(label="Lý do không dự", max_length=500, required=False)

    @property
    def attended(self) -> bool | None:
        """Yes, no, or nothing noted."""
        return {"co": True, "khong": False}.get(self.cleaned_data["result"])
