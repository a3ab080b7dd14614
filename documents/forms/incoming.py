"""The incoming book: the paper as it arrived, who handles it, what came of it."""

from typing import Any

from django import forms

from councils.models import Organization, Person
from documents.choices import UrgencyMark, incoming_types
from documents.models import IncomingDocument
from documents.services.incoming import HANDLING_FIELDS, PAPER_FIELDS, ArrivalInput, Handling
from hdnd.lib import filetypes


def _day() -> forms.Widget:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _picker() -> forms.Widget:
    return forms.Select(attrs={"data-tom-select": ""})


class HandlingForm(forms.Form):
    """Who gets the paper, and by when it is settled."""

    unit = forms.CharField(
        label="Đơn vị hoặc người nhận", max_length=200, required=False, help_text="Ví dụ: Phòng Công tác HĐND."
    )  # fmt: skip
    handler = forms.ModelChoiceField(
        label="Người xử lý", queryset=Person.objects.none(), required=False, widget=_picker(), empty_label="Chưa chọn",
        help_text="Người có tên trong danh sách thành viên; người khác ghi ở ô bên.",
    )  # fmt: skip
    handed_on = forms.DateField(
        label="Ngày chuyển",
        required=False,
        widget=_day(),
        help_text="Bỏ trống: ghi hôm nay khi có người nhận.",
    )
    due_on = forms.DateField(label="Hạn xử lý", required=False, widget=_day())

    def __init__(self, *args: Any, people: Any, line: IncomingDocument | None = None, **kwargs: Any) -> None:
        if line:
            kwargs["initial"] = {name: getattr(line, name) for name in HANDLING_FIELDS}
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = people  # type: ignore[attr-defined]

    def handling(self) -> Handling:
        """The cleaned choice for the service."""
        return Handling(**{name: self.cleaned_data[name] for name in HANDLING_FIELDS})


class ArrivalForm(forms.Form):
    """The paper as it lies on the desk."""

    field_order: tuple[str, ...] = (
        "arrived_on", "urgency", "author_body", "author", "symbol", "dated_on", "doc_type", "subject", "file", "note",
    )  # fmt: skip
    author_body = forms.ModelChoiceField(
        label="Cơ quan gửi", queryset=Organization.objects.none(), required=False, widget=_picker(),
        empty_label="Ngoài danh mục",
    )  # fmt: skip
    author = forms.CharField(
        label="Tác giả", max_length=200, required=False,
        help_text="Bỏ trống: như cơ quan gửi. Ghi khi cơ quan gửi không có trong danh mục.",
    )  # fmt: skip
    symbol = forms.CharField(
        label="Số, ký hiệu", max_length=80, required=False, help_text="Như trên văn bản, ví dụ 412/UBND-VP."
    )
    dated_on = forms.DateField(label="Ngày văn bản", required=False, widget=_day())
    doc_type = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=lambda: [("", "Loại khác"), *incoming_types()]
    )
    urgency = forms.ChoiceField(
        label="Độ khẩn", required=False, choices=[("", "Thường"), *UrgencyMark.choices]
    )
    subject = forms.CharField(
        label="Trích yếu", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
    arrived_on = forms.DateField(label="Ngày đến", widget=_day())
    file = forms.FileField(
        label="Bản chụp", required=False, validators=[filetypes.not_too_large], help_text="PDF hoặc ảnh, không quá 50 MB.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept(filetypes.SCANS)}),
    )  # fmt: skip
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, authors: Any, line: IncomingDocument | None = None, **kwargs: Any) -> None:
        if line:
            kwargs["initial"] = {name: getattr(line, name) for name in PAPER_FIELDS}
        super().__init__(*args, **kwargs)
        self.fields["author_body"].queryset = authors  # type: ignore[attr-defined]

    def arrival(self) -> ArrivalInput:
        """The cleaned paper for the service."""
        upload = self.cleaned_data["file"]
        return ArrivalInput(
            **{name: self.cleaned_data[name] for name in PAPER_FIELDS},
            file_name=upload.name if upload else "",
            content=upload.read() if upload else None,
        )


class NewArrivalForm(ArrivalForm, HandlingForm):
    """A paper that arrived, with who gets it where that is known already."""

    organization = forms.ModelChoiceField(
        label="Cơ quan nhận", queryset=Organization.objects.none(), empty_label=None
    )
    is_another = forms.BooleanField(
        label="Đây là văn bản khác, vẫn vào sổ", required=False, widget=forms.HiddenInput()
    )
    field_order = ("organization", *ArrivalForm.field_order[:-1], *HANDLING_FIELDS, "note", "is_another")

    def __init__(self, *args: Any, own: Any, authors: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, authors=authors, people=people, **kwargs)
        self.fields["organization"].queryset = own  # type: ignore[attr-defined]

    def ask_whether_another(self) -> None:
        """Shows the choice that lets a paper pass which looks like one in the book."""
        self.fields["is_another"].widget = forms.CheckboxInput()


class SettleForm(forms.Form):
    """How the paper was dealt with."""

    done_on = forms.DateField(label="Ngày xử lý xong", widget=_day())
    answer = forms.CharField(
        label="Số văn bản trả lời", max_length=80, required=False,
        help_text="Số, ký hiệu trong sổ văn bản đi, ví dụ 45/HĐND-VP.",
    )  # fmt: skip
    result = forms.CharField(
        label="Kết quả xử lý",
        max_length=500,
        required=False,
        help_text="Cần ghi khi không có văn bản trả lời.",
    )


class VoidArrivalForm(forms.Form):
    """Why a line is struck out."""

    reason = forms.CharField(label="Lý do hủy", max_length=500)
