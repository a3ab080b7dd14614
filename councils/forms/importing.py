"""A file to import, and the word to write it."""

from typing import Any

from django import forms

from councils.choices import ImportKind
from councils.imports.reading import MAX_BYTES


class UploadForm(forms.Form):
    """Which kind of sheet, and the file."""

    kind = forms.ChoiceField(label="Nhập gì", choices=ImportKind.choices)
    file = forms.FileField(
        label="Tệp Excel hoặc CSV",
        help_text="Tệp .xlsx hoặc .csv, tối đa 5 MB và 10.000 dòng. Chưa có gì được ghi ở bước này.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "Chọn tệp cần nhập.",
            "empty": "Tệp rỗng. Chọn lại tệp có dữ liệu.",
        },
    )

    def clean_file(self) -> Any:
        """Too large a file is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 5 MB. Chia thành nhiều tệp nhỏ hơn.")
        return file


class ConfirmForm(forms.Form):
    """Whether bad rows are left out or forbid the whole."""

    only_valid = forms.BooleanField(label="Bỏ qua các dòng lỗi, chỉ nhập các dòng hợp lệ", required=False)
