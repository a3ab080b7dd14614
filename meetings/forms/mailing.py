"""What an office says about a mail."""

from django import forms

from hdnd.outbox.failure import BOUNCES


class ResendForm(forms.Form):
    """The address to try; checked by the service, whose message says what is right."""

    to = forms.CharField(
        label="Địa chỉ thư", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


class ReturnedForm(forms.Form):
    """Why a mail came back, as the returned mail says."""

    kind = forms.ChoiceField(
        label="Lý do ghi trong thư trả lại",
        choices=[("", "Chọn lý do"), *((kind.value, kind.label) for kind in BOUNCES)],
    )
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)
