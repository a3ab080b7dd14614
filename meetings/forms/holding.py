"""At the door and during the meeting."""

from typing import Any

from django import forms

from meetings.choices import VoteRule
from meetings.forms.planning import MomentField
from meetings.models import AgendaItem, Meeting
from meetings.services.holding import Tally


class MemberMarkForm(forms.Form):
    """One member's mark; an empty presence takes it back."""

    member = forms.IntegerField()
    presence = forms.CharField(required=False, max_length=8)
    reason = forms.CharField(label="Lý do vắng", required=False, max_length=300)


class GuestMarkForm(forms.Form):
    """One invited body's mark and who came for it."""

    invitation = forms.IntegerField()
    presence = forms.CharField(required=False, max_length=8)
    name = forms.CharField(label="Họ và tên người dự", required=False, max_length=200)
    title = forms.CharField(label="Chức vụ người dự", required=False, max_length=200)


class OpenForm(forms.Form):
    """When the meeting was opened."""

    opened_at = MomentField(label="Giờ khai mạc", required=False, help_text="Để trống: lúc này.")


class CloseForm(forms.Form):
    """When the meeting ended."""

    closed_at = MomentField(label="Giờ kết thúc", required=False, help_text="Để trống: lúc này.")


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


class VoteRemoveForm(forms.Form):
    """Which tally was a mistake, and why."""

    vote = forms.IntegerField()
    reason = forms.CharField(label="Lý do xóa", required=False, max_length=300)
