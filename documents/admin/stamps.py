"""Pictures of signatures and seals."""

import base64
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html

from councils.admin import AuditedAdmin
from documents.models import SealImage, SignatureImage
from documents.signing.pictures import Ink, cleaned, is_inked
from hdnd.lib import files, filetypes
from hdnd.lib.errors import DomainError


class PictureForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose picture, and a PNG that is kept as it was cleaned."""

    picture = forms.FileField(
        label="ảnh PNG", widget=forms.FileInput(attrs={"accept": filetypes.accept([filetypes.PNG])}),
        help_text="Nền trong suốt, cắt sát nét, mỗi cạnh 100 đến 3.000 điểm ảnh, không quá 1 MB.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuses what can't be drawn over a paper; keeps the cleaned bytes for saving."""
        given = super().clean() or {}
        upload = given.get("picture")
        if upload:
            try:
                given["picture"] = cleaned(upload.name, upload.read())
            except DomainError as error:
                self.add_error(error.field, error.message)
        return given


class PictureAdmin(AuditedAdmin):
    """Pictures for signed papers; a wrong colour is told, not refused."""

    form = PictureForm
    readonly_fields = ("shown",)
    ink = Ink.BLUE

    @admin.display(description="đang dùng")
    def shown(self, row: Any) -> str:
        """The stored picture."""
        if not row.file:
            return "–"
        data = base64.b64encode(files.read(row.file)).decode()
        return format_html('<img src="data:image/png;base64,{}" alt="{}" height="120">', data, row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        content = form.cleaned_data["picture"]
        obj.file = files.store(content, ".png")
        super().save_model(request, obj, form, change)
        if not is_inked(content, self.ink):
            messages.warning(
                request, f"Đã lưu ảnh, nhưng nét không phải màu {self.ink.value} như Nghị định 30 yêu cầu."
            )


@admin.register(SignatureImage)
class SignatureImageAdmin(PictureAdmin):
    """Signatures, in blue."""

    list_display = ("person",)
    list_select_related = ("person",)
    autocomplete_fields = ("person",)
    fields = ("person", "picture", "shown")
    search_fields = ("person__search",)
    folded = ("person__search",)


@admin.register(SealImage)
class SealImageAdmin(PictureAdmin):
    """Seals, in red and as large as they are: 36 mm wide."""

    ink = Ink.RED
    list_display = ("issuer",)
    list_select_related = ("issuer__organization",)
    autocomplete_fields = ("issuer",)
    fields = ("issuer", "picture", "shown")
    search_fields = ("issuer__organization__search",)
    folded = ("issuer__organization__search",)
