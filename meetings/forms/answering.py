"""The answer to an invitation: whether they come, and who; what a member says in advance."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from councils.models import Membership
from meetings.choices import TOLD_CHANNELS, Answer
from meetings.forms.planning import MomentField, picker
from meetings.models import MemberReply
from meetings.services.answering import MAX_PEOPLE, AnswerInput, Attendee


class PersonForm(forms.Form):
    """One person who comes: chosen among the body's own people, or typed."""

    seat = forms.ModelChoiceField(
        label="Người dự", queryset=Membership.objects.none(), required=False,
        empty_label="Chưa rõ, hoặc ghi bên dưới", widget=picker(),
    )  # fmt: skip
    name = forms.CharField(label="Họ và tên người dự", max_length=200, required=False)
    title = forms.CharField(label="Chức vụ", max_length=200, required=False)
    phone = forms.CharField(
        label="Điện thoại người dự", max_length=30, required=False, widget=forms.TextInput({"type": "tel"})
    )
    has_meal = forms.BooleanField(label="Đăng ký ăn trưa", required=False)

    def __init__(self, *args: Any, seats: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if seats is None:
            del self.fields["seat"]
        else:
            self.fields["seat"].queryset = seats  # type: ignore[attr-defined]
            self.fields["seat"].label_from_instance = lambda seat: f"{seat.person}, {seat.post}"  # type: ignore[attr-defined]

    def person(self) -> Attendee:
        """The cleaned person; without a name nobody."""
        given = self.cleaned_data
        seat = given.get("seat")
        return Attendee(
            name=given["name"] or (seat.person.full_name if seat else ""),
            title=given["title"] or (seat.post.name if seat else ""),
            phone=given["phone"] or (seat.person.phone if seat else ""),
            has_meal=given["has_meal"],
            person=seat.person if seat else None,
        )


class CompanionForm(PersonForm):
    """One who comes along; labels of their own, so that the first person's stay unmistakable."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"seat": "Người đi cùng", "name": "Họ tên người đi cùng", "title": "Chức danh",
                  "phone": "Điện thoại", "has_meal": "Ăn trưa"}  # fmt: skip
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label


class AnswerForm(PersonForm):
    """Attend, decline with a reason, or send a named substitute."""

    answer = forms.ChoiceField(label="Trả lời", choices=Answer.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do không dự",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 24}),
    )
    answered_by = forms.CharField(
        label="Người trả lời", max_length=200, required=False, help_text="Họ tên người điền phiếu này."
    )

    first_fields: tuple[str, ...] = ("answer",)
    last_fields: tuple[str, ...] = ("reason", "answered_by")
    field_order: tuple[str, ...] = (
        "answer",
        "seat",
        "name",
        "title",
        "phone",
        "has_meal",
        "reason",
        "answered_by",
    )

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked before the people."""
        return [self[name] for name in self.first_fields]

    @property
    def who(self) -> list[forms.BoundField]:
        """The first person."""
        return [self[name] for name in PersonForm.base_fields if name in self.fields]

    @property
    def last(self) -> list[forms.BoundField]:
        """What is asked after the people."""
        return [self[name] for name in self.last_fields]


class RecordForm(AnswerForm):
    """An answer told to the secretary: how, by whom, when."""

    channel = forms.ChoiceField(
        label="Nhận trả lời", choices=[(one.value, one.label) for one in TOLD_CHANNELS if one != "secretary"]
    )
    given_at = MomentField(label="Lúc")
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    first_fields = ("channel", "answered_by", "given_at", "answer")
    last_fields = ("reason", "note")
    field_order = (
        "channel", "answered_by", "given_at", "answer", "seat", "name", "title", "phone", "has_meal", "reason", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told_by = self.fields["answered_by"]
        told_by.label, told_by.help_text = "Ai trả lời", "Người gọi điện, nhắn tin hoặc ký văn bản."
        told_by.required = True


Companions = formset_factory(
    CompanionForm, extra=1, max_num=MAX_PEOPLE - 1, absolute_max=MAX_PEOPLE - 1, validate_max=True
)


class AnswerSheet:
    """The answer and those who come along, as one page sends them.

    Attributes:
        adding: the page asked for another line, not to be judged yet.
    """

    def __init__(
        self, kind: type[AnswerForm], data: Any, *, seats: Any, initial: dict[str, Any], others: list[Any]
    ) -> None:
        self.adding = bool(data) and "add_person" in data
        if self.adding:
            data = data.copy()
            given = data.get("cung-TOTAL_FORMS", "")
            lines = int(given) + 1 if given.isdecimal() and len(given) < 4 else 1
            data["cung-TOTAL_FORMS"] = str(min(lines, MAX_PEOPLE - 1))
        # Pages and programs that send no list of companions send none.
        bound = data if "cung-TOTAL_FORMS" in data else None
        self.sent_people = bound is not None
        self.form = kind(data or None, seats=seats, initial=initial)
        self.others: BaseFormSet[Any] = Companions(
            bound, prefix="cung", initial=None if bound else others, form_kwargs={"seats": seats}
        )

    def is_valid(self) -> bool:
        """Whether both parts are clean."""
        return self.form.is_valid() and (not self.sent_people or self.others.is_valid())

    def data_input(self) -> AnswerInput:
        """The cleaned answer for the service."""
        given, first = self.form.cleaned_data, self.form.person()
        along = [form.person() for form in self.others if form.cleaned_data] if self.sent_people else []
        told = {name: given[name] for name in ("channel", "given_at", "note") if name in given}
        return AnswerInput(
            answer=given["answer"], reason=given["reason"], answered_by=given["answered_by"],
            **vars(first), others=tuple(one for one in along if one.name), **told,
        )  # fmt: skip


class MemberReplyForm(forms.Form):
    """What a member says in advance."""

    comes = forms.ChoiceField(
        label="Trả lời", choices=(("co", "Dự"), ("khong", "Vắng")), widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Lý do vắng", max_length=300, required=False)
    has_meal = forms.BooleanField(label="Đăng ký ăn trưa", required=False)
    channel = forms.ChoiceField(
        label="Nhận báo", choices=[(one.value, one.label) for one in TOLD_CHANNELS if one != "secretary"]
    )

    def __init__(self, *args: Any, own: bool, said: MemberReply | None, **kwargs: Any) -> None:
        if said:
            comes = "co" if said.comes else "khong"
            kwargs["initial"] = {"comes": comes, "reason": said.reason, "has_meal": said.has_meal}
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["channel"]

    def said(self) -> dict[str, Any]:
        """The cleaned words for the service."""
        given = dict(self.cleaned_data)
        return {**given, "comes": given["comes"] == "co"}
