"""The rules of reminders as an office types them."""

from typing import Any

from django import forms

from meetings.models import ReminderRule


class DaysField(forms.CharField):
    """A list of days as `2, 1`."""

    def __init__(self, *, label: str, help_text: str) -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=60)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = str(value or "").replace(",", " ").replace(";", " ").split()
        if not all(word.isascii() and word.isdigit() for word in words):
            return value  # no list: the model refuses it, in the same words as a day too far away
        return list(dict.fromkeys(int(word) for word in words))

    def clean(self, value: Any) -> Any:
        return self.to_python(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")


class ReminderRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """On which working days to remind of what."""

    days_before = DaysField(
        label="Nhắc trước (ngày làm việc)",
        help_text="Trước ngày họp, hoặc trước hạn của nhiệm vụ. Ví dụ 2, 1; số 0 là đúng ngày.",
    )
    days_after = DaysField(
        label="Nhắc sau hạn (ngày làm việc)", help_text="Chỉ dùng cho nhiệm vụ theo kết luận. Ví dụ 1, 5."
    )

    class Meta:
        model = ReminderRule
        fields = ("what", "event_kind", "host", "days_before", "days_after", "is_active")
