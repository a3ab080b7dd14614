"""At the door and during the meeting."""

from typing import Any

from django import forms

from meetings.choices import VoteRule
from meetings.models import AgendaItem, Meeting
from meetings.services.holding import Tally


class VoteForm(forms.Form):
    """A counted vote; the result is computed."""

    item = forms.ModelChoiceField(label="Nội dung", queryset=AgendaItem.objects.none(), empty_label=None)
    motion = forms.CharField(
        label="Nội dung biểu quyết", max_length=500, required=False, help_text="Để trống: lấy tên nội dung."
    )
    rule = forms.ChoiceField(label="Tỷ lệ cần", choices=VoteRule.choices)
    in_favour = forms.IntegerField(label="Tán thành", min_value=0)
    against = forms.IntegerField(label="Không tán thành", min_value=0, initial=0)
    other = forms.IntegerField(label="Ý kiến khác", min_value=0, initial=0)
    not_voting = forms.IntegerField(label="Không biểu quyết", min_value=0, initial=0)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.order_by("position")  # type: ignore[attr-defined]

    def tally(self) -> Tally:
        """The counts for the service."""
        given = self.cleaned_data
        return Tally(given["in_favour"], given["against"], given["other"], given["not_voting"])
