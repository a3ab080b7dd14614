"""Planning: the meeting, its agenda, whom to invite."""

from datetime import datetime
from typing import Any

from django import forms

from coordination.choices import AgendaKind, EventKind
from councils.models import Area, Organization, Person
from hdnd.lib import filetypes
from hdnd.lib.dates import date_time
from meetings.choices import MeetingFormat
from meetings.models import AgendaItem, Meeting
from meetings.queries.plan import areas_near, bodies_near, chairs_of
from meetings.services.planning import PLAN_FIELDS, ItemInput, PlanInput

PLAN_NAMES = (
    "kind", "title", "starts_at", "ends_at", "place", "format", "chair", "secretary_name", "answer_by", "note",
)  # fmt: skip
"""The fields of `PlanForm` that are plain fields of a meeting."""


class MomentField(forms.DateTimeField):
    """A day and time in the browser's own picker."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def picker(many: bool = False) -> forms.Widget:
    """A select with search."""
    kind = forms.SelectMultiple if many else forms.Select
    return kind(attrs={"data-tom-select": ""})


class PlanForm(forms.Form):
    """Time, place, chair and the like."""

    kind = forms.ChoiceField(label="Loại cuộc họp", choices=EventKind.choices)
    title = forms.CharField(label="Tên cuộc họp", max_length=300)
    starts_at = MomentField(label="Bắt đầu")
    ends_at = MomentField(
        label="Kết thúc dự kiến", required=False, help_text="Để trống: tính theo chương trình."
    )
    place = forms.CharField(label="Địa điểm", max_length=300)
    format = forms.ChoiceField(
        label="Hình thức", choices=MeetingFormat.choices, initial=MeetingFormat.IN_PERSON
    )
    chair = forms.ModelChoiceField(
        label="Chủ trì", queryset=Person.objects.none(), required=False, empty_label="Chưa rõ"
    )
    secretary_name = forms.CharField(label="Thư ký cuộc họp", max_length=120, required=False)
    answer_by = MomentField(label="Đề nghị trả lời trước", required=False)
    areas = forms.ModelMultipleChoiceField(
        label="Địa bàn liên quan", queryset=Area.objects.none(), required=False, widget=picker(many=True),
        help_text="Với tiếp xúc cử tri, giám sát: nơi diễn ra.",
    )  # fmt: skip
    note = forms.CharField(
        label="Ghi thêm trên giấy mời",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, host: Organization, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.fields["chair"].queryset = chairs_of(host, meeting)  # type: ignore[attr-defined]
        self.fields["areas"].queryset = areas_near(host, meeting)  # type: ignore[attr-defined]

    def plan(self) -> PlanInput:
        """The cleaned plan for the service; what the form does not show stays."""
        given = dict(self.cleaned_data)
        areas = tuple(given.pop("areas"))
        kept = {
            name: getattr(self.meeting, name) for name in PLAN_FIELDS if self.meeting and name not in given
        }
        return PlanInput(**kept, **given, areas=areas)

    def differences(self, stored: Meeting) -> list[tuple[str, str, str]]:
        """Label, stored and own value of each field where they differ, for a stale edit."""
        rows = []
        for name in PLAN_NAMES:
            theirs, mine = getattr(stored, name), self.cleaned_data.get(name)
            if (theirs or "") != (mine or ""):
                rows.append((self._label(name), self._in_words(name, theirs), self._in_words(name, mine)))
        theirs, mine = (
            ", ".join(sorted(map(str, areas))) for areas in (stored.areas.all(), self.cleaned_data["areas"])
        )
        if theirs != mine:
            rows.append((self._label("areas"), theirs or "để trống", mine or "để trống"))
        return rows

    def _label(self, name: str) -> str:
        return str(self.fields[name].label)

    def _in_words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(value, datetime):
            return date_time(value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
        return str(value or "để trống")


class HostForm(forms.Form):
    """Whose meeting it is."""

    host = forms.ModelChoiceField(
        label="Cơ quan tổ chức", queryset=Organization.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, hosts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class ItemForm(forms.Form):
    """One agenda item."""

    title = forms.CharField(label="Nội dung", max_length=500)
    kind = forms.ChoiceField(label="Loại", choices=AgendaKind.choices)
    presenter = forms.CharField(label="Trình bày", max_length=200, required=False)
    minutes = forms.IntegerField(label="Số phút", required=False, min_value=1, max_value=1440)
    areas = forms.ModelMultipleChoiceField(
        label="Địa phương liên quan", queryset=Area.objects.none(), required=False, widget=picker(many=True)
    )
    organizations = forms.ModelMultipleChoiceField(
        label="Cơ quan liên quan",
        queryset=Organization.objects.none(),
        required=False,
        widget=picker(many=True),
    )

    def __init__(self, *args: Any, meeting: Meeting, item: AgendaItem | None = None, **kwargs: Any) -> None:
        if item:
            kwargs["initial"] = {
                "title": item.title,
                "kind": item.kind,
                "presenter": item.presenter,
                "minutes": item.minutes,
                "areas": [area.pk for area in item.areas.all()],
                "organizations": [body.pk for body in item.organizations.all()],
            }
        kwargs.setdefault("prefix", f"nd{item.pk}" if item else "nd")
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = areas_near(meeting.host, meeting)  # type: ignore[attr-defined]
        self.fields["organizations"].queryset = bodies_near(meeting.host, meeting)  # type: ignore[attr-defined]

    def item(self) -> ItemInput:
        """The cleaned item for the service."""
        given = self.cleaned_data
        return ItemInput(
            given["title"], given["kind"], given["presenter"], given["minutes"],
            tuple(given["areas"]), tuple(given["organizations"]),
        )  # fmt: skip


class InviteeForm(forms.Form):
    """A body no clause names."""

    organization = forms.ModelChoiceField(
        label="Mời thêm", queryset=Organization.objects.none(), widget=picker(), empty_label="Chọn cơ quan"
    )
    why = forms.CharField(label="Vì sao mời", max_length=500, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = bodies_near(meeting.host, meeting)  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="Lý do", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class PaperForm(forms.Form):
    """A paper of an agenda item, or its next version."""

    title = forms.CharField(
        label="Tên tài liệu", max_length=300,
        help_text="Trùng tên tài liệu đang có của nội dung này: thành bản mới, bản cũ được giữ.",
    )  # fmt: skip
    file = forms.FileField(
        label="Tệp", validators=[filetypes.not_too_large],
        widget=forms.FileInput(attrs={"accept": filetypes.accept(filetypes.PAPERS)}),
        help_text="PDF đọc tiện nhất trên điện thoại. Nhận cả Word, Excel, PowerPoint, ảnh; không quá 50 MB.",
    )  # fmt: skip
    note = forms.CharField(label="Thay đổi so với bản trước", max_length=300, required=False)


def day_picker() -> forms.Widget:
    """The browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
