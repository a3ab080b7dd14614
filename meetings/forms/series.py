"""Recurring meetings: the series, what changes in it, and days left out."""

from datetime import date
from typing import Any

from django import forms

from coordination.choices import EventKind
from councils.models import Organization, Person
from hdnd.lib.dates import date_time
from meetings.choices import DayOff, MeetingFormat, Rhythm
from meetings.forms.changing import reason_field
from meetings.forms.planning import day_picker, picker
from meetings.models import Meeting, MeetingSeries
from meetings.queries.plan import chairs_of
from meetings.queries.series import templates_of
from meetings.services.series import SeriesInput
from meetings.services.series_days import SeriesChange


class TemplateField(forms.ModelChoiceField):
    """A meeting whose agenda is copied, told apart by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.title} ({date_time(obj.starts_at)})"


class DaysField(forms.TypedMultipleChoiceField):
    """Days, any number of them, as the boxes of the preview send them."""

    widget = forms.MultipleHiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=date.fromisoformat, empty_value=[], **kwargs)

    def valid_value(self, value: Any) -> bool:
        """Any day will do here; which are days of the rule, the service knows."""
        return True


class TimesForm(forms.Form):
    """What all meetings of a series have in common and may be changed later."""

    start_time = forms.TimeField(
        label="Giờ bắt đầu", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label="Kéo dài (phút)", min_value=15, max_value=1440, initial=120, widget=forms.NumberInput
    )
    place = forms.CharField(label="Địa điểm", max_length=300)
    format = forms.ChoiceField(
        label="Hình thức", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON
    )
    chair = forms.ModelChoiceField(
        label="Chủ trì", queryset=Person.objects.none(), required=False, empty_label="Chưa rõ"
    )
    secretary_name = forms.CharField(label="Thư ký cuộc họp", max_length=120, required=False)

    def __init__(self, *args: Any, host: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chair"].queryset = chairs_of(host)  # type: ignore[attr-defined]


class SeriesForm(TimesForm):
    """A new series."""

    title = forms.CharField(
        label="Tên cuộc họp", max_length=250,
        help_text="{tháng}, {quý}, {năm}, {lần} được thay theo từng kỳ. Ví dụ: Phiên họp thứ {lần}, tháng {tháng}/{năm}.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="Loại cuộc họp", choices=EventKind.choices)
    rhythm = forms.ChoiceField(
        label="Nhịp họp", choices=Rhythm.choices, initial=Rhythm.MONTHLY_DAY,
        help_text="Tháng không có ngày 29, 30, 31 thì họp ngày cuối tháng.",
    )  # fmt: skip
    first_on = forms.DateField(label="Ngày đầu", widget=day_picker())
    until = forms.DateField(label="Đến hết ngày", widget=day_picker(), help_text="Mỗi loạt tối đa 60 kỳ họp.")
    day_off = forms.ChoiceField(label="Gặp ngày nghỉ", choices=DayOff.choices, initial=DayOff.NEXT)
    first_number = forms.IntegerField(
        label="Số của kỳ đầu", min_value=1, max_value=9999, initial=1,
        help_text="{lần} đếm từ số này; kỳ nghỉ vẫn được đếm để tên không đổi.",
    )  # fmt: skip
    template = TemplateField(
        label="Chép chương trình từ", queryset=Meeting.objects.none(), required=False, widget=picker(),
        empty_label="Không chép, để trống chương trình",
    )  # fmt: skip

    excluded = DaysField(label="Kỳ cho nghỉ", required=False)

    def __init__(self, *args: Any, user: Any, host: Organization, **kwargs: Any) -> None:
        super().__init__(*args, host=host, **kwargs)
        self.fields["template"].queryset = templates_of(user, host)  # type: ignore[attr-defined]

    def series(self) -> SeriesInput:
        """The cleaned series for the service."""
        return SeriesInput(**{**self.cleaned_data, "excluded": tuple(self.cleaned_data["excluded"])})


class SeriesChangeForm(TimesForm):
    """What later meetings shall have."""

    from_on = forms.DateField(
        label="Áp dụng từ kỳ ngày", widget=day_picker(),
        help_text="Kỳ đã phát hành giấy mời hoặc đã sửa riêng giữ nguyên.",
    )  # fmt: skip

    @staticmethod
    def stored(series: MeetingSeries) -> dict[str, Any]:
        """The fields as they stand."""
        names = ("start_time", "minutes", "place", "format", "chair", "secretary_name")
        return {name: getattr(series, name) for name in names}

    def change(self) -> SeriesChange:
        """The cleaned change for the service."""
        return SeriesChange(**{name: value for name, value in self.cleaned_data.items() if name != "from_on"})


class DayForm(forms.Form):
    """One day of a series."""

    day = forms.DateField(widget=forms.HiddenInput)


class SkipForm(DayForm):
    """A day that is left out, and why."""

    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Lưu trong nhật ký; không gửi thông báo cho ai."


class EndForm(forms.Form):
    """Why a series ends."""

    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Lưu trong nhật ký; không gửi thông báo cho ai."
