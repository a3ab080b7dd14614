"""Minutes, conclusions and tasks."""

from typing import Any

from django import forms

from councils.models import Organization
from meetings.forms.planning import day_picker, picker
from meetings.models import AgendaItem, Conclusion, Meeting
from meetings.queries.plan import bodies_near
from meetings.services.concluding import ConclusionInput


class SecretaryForm(forms.Form):
    """Who signs the minutes on the left."""

    secretary_name = forms.CharField(label="Thư ký cuộc họp", max_length=120, required=False)


class CirculateForm(forms.Form):
    """Until when comments are taken."""

    comment_until = forms.DateField(label="Góp ý đến hết ngày", widget=day_picker())


class CommentForm(forms.Form):
    """A remark on circulated minutes."""

    item = forms.ModelChoiceField(
        label="Về nội dung", queryset=AgendaItem.objects.none(), required=False, empty_label="Cả biên bản"
    )
    text = forms.CharField(
        label="Ý kiến", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "id_comment_%s")  # the form of a conclusion stands on the same page
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.agenda.order_by("position")  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """Why locked minutes get a new version."""

    reason = forms.CharField(
        label="Lý do đính chính", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ConclusionForm(forms.Form):
    """Who does what by when, reporting to whom."""

    assignee = forms.ModelChoiceField(
        label="Giao cho", queryset=Organization.objects.none(), widget=picker(), empty_label="Chọn cơ quan"
    )
    text = forms.CharField(label="Việc phải làm", max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label="Hạn", required=False, widget=day_picker())
    report_to = forms.ModelChoiceField(
        label="Báo cáo",
        queryset=Organization.objects.none(),
        required=False,
        widget=picker(),
        empty_label="Không ghi",
    )
    item = forms.ModelChoiceField(
        label="Thuộc nội dung",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="Kết luận chung",
    )

    def __init__(
        self, *args: Any, meeting: Meeting, conclusion: Conclusion | None = None, **kwargs: Any
    ) -> None:
        if conclusion:
            names = ("assignee", "text", "due_on", "report_to", "item")
            kwargs["initial"] = {name: getattr(conclusion, name) for name in names}
        else:
            kwargs.setdefault("initial", {"report_to": meeting.host_id})
        super().__init__(*args, **kwargs)
        bodies = bodies_near(meeting.host, meeting)
        self.fields["assignee"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["report_to"].queryset = bodies | Organization.objects.filter(pk=meeting.host_id)  # type: ignore[attr-defined]
        self.fields["item"].queryset = meeting.agenda.order_by("position")  # type: ignore[attr-defined]

    def conclusion(self) -> ConclusionInput:
        """The cleaned conclusion for the service."""
        return ConclusionInput(**self.cleaned_data)


class CompleteForm(forms.Form):
    """What came of a task."""

    note = forms.CharField(
        label="Kết quả thực hiện", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
