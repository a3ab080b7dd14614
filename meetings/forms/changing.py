"""Changing what was invited to: time, place, agenda; calling it off."""

from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME, BaseFormSet, formset_factory

from coordination.choices import AgendaKind
from meetings.choices import MeetingFormat
from meetings.forms.planning import ItemForm, MomentField
from meetings.models import Meeting
from meetings.queries.plan import areas_near, bodies_near
from meetings.services.changing import ChangeInput
from meetings.services.planning import ItemInput


def reason_field() -> forms.CharField:
    """Why, as the notice will print it."""
    return forms.CharField(
        label="Lý do",
        max_length=1000,
        help_text="In trong thông báo, sau chữ “Vì lý do”.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChangeForm(forms.Form):
    """Time and place as they become, and why."""

    starts_at = MomentField(label="Bắt đầu")
    ends_at = MomentField(label="Kết thúc dự kiến", required=False)
    place = forms.CharField(label="Địa điểm", max_length=300)
    format = forms.ChoiceField(label="Hình thức", choices=MeetingFormat.choices)
    answer_by = MomentField(
        label="Đề nghị trả lời trước",
        required=False,
        help_text="Đổi giờ họp thì các cơ quan phải trả lời lại.",
    )
    reason = reason_field()

    @staticmethod
    def stored(meeting: Meeting) -> dict[str, Any]:
        """The fields as they stand."""
        return {
            name: getattr(meeting, name) for name in ("starts_at", "ends_at", "place", "format", "answer_by")
        }


class AgendaRowForm(ItemForm):
    """One item of the agenda among the others; `pk` says which stored one."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: dict[str, list[Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = AgendaKind.REPORT  # so that an empty row counts as untouched
        for name, rows in choices.items():
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class AgendaFormSet(BaseFormSet):  # type: ignore[type-arg]
    """The whole agenda on one page; empty rows at the end are ignored."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[DELETION_FIELD_NAME].label = "Bỏ nội dung này"
        form.fields[ORDERING_FIELD_NAME].label = "Thứ tự"
        form.fields[ORDERING_FIELD_NAME].widget.attrs["min"] = 1

    def agenda(self) -> tuple[tuple[int | None, ItemInput], ...]:
        """What stays and what comes, in the order given."""
        return tuple((form.cleaned_data.get("pk"), form.item()) for form in self.ordered_forms)


_AgendaFormSet = formset_factory(
    AgendaRowForm,
    formset=AgendaFormSet,
    extra=1,
    max_num=60,
    absolute_max=80,
    can_order=True,
    can_delete=True,
)


def agenda_formset(meeting: Meeting, data: Any = None) -> AgendaFormSet:
    """The agenda as it stands, or as it was sent; areas and bodies are read once for all rows."""
    choices = {
        "areas": [(area.pk, str(area)) for area in areas_near(meeting.host, meeting)],
        "organizations": [(body.pk, str(body)) for body in bodies_near(meeting.host, meeting)],
    }
    initial = [
        {
            "pk": item.pk,
            "title": item.title,
            "kind": item.kind,
            "presenter": item.presenter,
            "minutes": item.minutes,
            "areas": [area.pk for area in item.areas.all()],
            "organizations": [body.pk for body in item.organizations.all()],
        }
        for item in meeting.agenda.all()
    ]
    made = _AgendaFormSet(
        data, initial=initial, prefix="ct", form_kwargs={"meeting": meeting, "choices": choices}
    )
    assert isinstance(made, AgendaFormSet)
    return made


def change_input(form: ChangeForm, formset: AgendaFormSet) -> ChangeInput:
    """Both forms for the service."""
    return ChangeInput(**form.cleaned_data, agenda=formset.agenda())


class CallOffForm(forms.Form):
    """Why a meeting does not take place."""

    reason = reason_field()
