"""The weekly calendar: a line that is no meeting, the remark below the table."""

from datetime import date, timedelta
from typing import Any

from django import forms

from hdnd.lib.dates import long_date
from workbench.calendar import monday_of
from workbench.models import DaySession, WorkWeek, WorkWeekLine
from workbench.services.weeks import LineInput


class OpenWeekForm(forms.Form):
    """Which week to prepare; the next one unless another day is chosen."""

    monday = forms.DateField(
        label="Soạn lịch cho tuần có ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"monday": monday_of(today) + timedelta(days=7)})
        super().__init__(*args, **kwargs)


class LineForm(forms.Form):
    """One line: when, what, who, where, under whom."""

    day = forms.TypedChoiceField(label="Ngày", coerce=date.fromisoformat)
    session = forms.ChoiceField(label="Buổi", choices=DaySession.choices)
    at = forms.TimeField(
        label="Giờ", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Để trống: cả buổi.",
    )  # fmt: skip
    content = forms.CharField(
        label="Nội dung", max_length=500, help_text="Ví dụ: Trực cơ quan; Đi cơ sở tại xã Phú Lộc."
    )
    attendees = forms.CharField(label="Thành phần", max_length=500, required=False)
    place = forms.CharField(label="Địa điểm", max_length=300, required=False)
    chair = forms.CharField(label="Chủ trì", max_length=200, required=False)

    def __init__(self, *args: Any, week: WorkWeek, line: WorkWeekLine | None = None, **kwargs: Any) -> None:
        if line is not None:
            kwargs["initial"] = {name: getattr(line, name) for name in self.base_fields} | {
                "day": line.day.isoformat()
            }
        super().__init__(*args, **kwargs)
        days = [week.monday + timedelta(days=step) for step in range(7)]
        self.fields["day"].choices = [(day.isoformat(), long_date(day)) for day in days]  # type: ignore[attr-defined]

    def line(self) -> LineInput:
        """What was typed, for the service."""
        return LineInput(**self.cleaned_data)


class NoteForm(forms.Form):
    """The remark below the table."""

    note = forms.CharField(
        label="Ghi chú dưới bảng", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ShowForm(forms.Form):
    """A meeting in or out of the calendar."""

    meeting = forms.IntegerField()
    shown = forms.BooleanField(required=False)
