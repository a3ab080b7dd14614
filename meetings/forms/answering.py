"""The answer to an invitation."""

from typing import Any

from django import forms

from councils.models import Membership
from meetings.choices import Answer
from meetings.services.answering import AnswerInput


class AnswerForm(forms.Form):
    """Attend, decline with a reason, or send a named substitute."""

    answer = forms.ChoiceField(label="Trả lời", choices=Answer.choices, widget=forms.RadioSelect)
    seat = forms.ModelChoiceField(
        label="Người dự",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="Chưa rõ, hoặc ghi bên dưới",
    )
    name = forms.CharField(label="Họ và tên người dự", max_length=200, required=False)
    title = forms.CharField(label="Chức vụ", max_length=200, required=False)
    reason = forms.CharField(
        label="Lý do không dự", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    answered_by = forms.CharField(
        label="Người trả lời", max_length=200, required=False, help_text="Họ tên người điền phiếu này."
    )

    def __init__(self, *args: Any, seats: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seats is None:
            del self.fields["seat"]
        else:
            self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
            self.fields["seat"].label_from_instance = lambda seat: f"{seat.person}, {seat.post}"  # type: ignore[attr-defined]

    def data_input(self) -> AnswerInput:
        """The cleaned answer for the service."""
        given = self.cleaned_data
        seat = given.get("seat") if given["answer"] == Answer.ACCEPTED else None
        return AnswerInput(
            answer=given["answer"],
            name=given["name"] or (seat.person.full_name if seat else ""),
            title=given["title"] or (seat.post.name if seat else ""),
            reason=given["reason"],
            person=seat.person if seat else None,
            answered_by=given["answered_by"],
        )
