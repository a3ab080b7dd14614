"""Written consultation: planning it, answering it, extending it."""

from typing import Any

from django import forms
from django.forms import formset_factory

from councils.models import Organization
from documents.choices import DocumentType
from documents.choices_consultation import TOLD_CHANNELS, Audience, DayOff, Opinion, TallyRule
from documents.law.consultation import FARTHEST
from documents.models import Consultation, ConsultationAnswer, ConsultationQuestion, ConsultationVoice
from documents.queries.tallies import opinions_by_question
from documents.services.consultation_planning import LONGEST_QUESTION, MOST_QUESTIONS, ConsultationInput
from documents.services.opining import OpinionInput
from hdnd.lib import clock, filetypes


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "cols": 24})


class ConsultationForm(forms.Form):
    """Who is asked what until when, and what carries it."""

    organization = forms.ModelChoiceField(
        label="Cơ quan lấy ý kiến", queryset=Organization.objects.none(), empty_label=None
    )
    title = forms.CharField(
        label="Về việc", max_length=300, help_text="Ví dụ: Dự thảo Kế hoạch giám sát năm 2027."
    )
    introduction = forms.CharField(
        label="Lời dẫn", max_length=4000, required=False, widget=_lines(3),
        help_text="Vì sao lấy ý kiến, ai trình; in trên phiếu trước các nội dung.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Lấy ý kiến của", choices=Audience.choices, widget=forms.RadioSelect, initial=Audience.MEMBERS
    )
    members_of = forms.ModelChoiceField(
        label="Thành viên của", queryset=Organization.objects.none(), required=False, empty_label="Chọn cơ quan",
        help_text="Ai là thành viên vào ngày hết hạn thì có phiếu.",
    )  # fmt: skip
    bodies = forms.ModelMultipleChoiceField(
        label="Cơ quan, tổ chức được hỏi", queryset=Organization.objects.none(), required=False,
        widget=forms.SelectMultiple(attrs={"data-tom-select": ""}),
    )  # fmt: skip
    deadline = forms.DateField(label="Trả lời đến hết ngày", widget=_day())
    day_off = forms.ChoiceField(label="Nếu là ngày nghỉ", choices=DayOff.choices, initial=DayOff.NEXT)
    rule = forms.ChoiceField(
        label="Điều kiện thông qua", choices=TallyRule.choices, initial=TallyRule.MAJORITY,
        help_text="Tính trên tổng số thành viên. Ý kiến của cơ quan, tổ chức luôn chỉ tổng hợp.",
    )  # fmt: skip
    rule_basis = forms.CharField(
        label="Căn cứ", max_length=300, required=False, help_text="Ví dụ: Điều 12 Quy chế làm việc của Thường trực HĐND."
    )  # fmt: skip
    counts_late = forms.BooleanField(label="Tính cả ý kiến gửi sau thời hạn", required=False)
    remind_before = forms.IntegerField(
        label="Nhắc trước hạn (ngày làm việc)", min_value=0, max_value=FARTHEST, required=False, initial=2,
        help_text="Bỏ trống: không tự nhắc.",
    )  # fmt: skip

    def __init__(self, *args: Any, own: Any, electorates: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (("organization", own), ("members_of", electorates), ("bodies", bodies)):
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    @staticmethod
    def stored(row: Consultation) -> dict[str, Any]:
        """What the form begins with for a draft."""
        names = (
            "title",
            "introduction",
            "audience",
            "members_of",
            "deadline",
            "rule",
            "rule_basis",
            "counts_late",
        )
        return {name: getattr(row, name) for name in names} | {
            "organization": row.organization_id,
            "remind_before": row.remind_before,
            "bodies": [voice.organization_id for voice in row.voices.all() if voice.organization_id],
        }

    def consultation(self, questions: list[str]) -> ConsultationInput:
        """The cleaned plan for the service."""
        given = dict(self.cleaned_data)
        given.pop("organization")
        return ConsultationInput(questions=questions, **given | {"bodies": list(given["bodies"])})


class QuestionForm(forms.Form):
    """One question; an empty line is left out."""

    text = forms.CharField(label="Nội dung", max_length=LONGEST_QUESTION, required=False, widget=_lines(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = str(self.prefix or "").rpartition("-")[2]
        if number.isdecimal():
            self.fields["text"].label = f"Nội dung {int(number) + 1}"


QuestionLines = formset_factory(
    QuestionForm, extra=1, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS, validate_max=True
)


class QuestionSheet:
    """The questions of a plan as one page sends them.

    Attributes:
        adding: the page asked for another line, not to be judged yet.
    """

    def __init__(self, data: Any, stored: list[str]) -> None:
        self.adding = bool(data) and "add_question" in data
        if self.adding:
            data = data.copy()
            data["form-TOTAL_FORMS"] = str(min(_number(data.get("form-TOTAL_FORMS")) + 1, MOST_QUESTIONS))
        # What was sent is not held against what is stored: an unchanged line would count as empty.
        self.lines = QuestionLines(data or None, initial=None if data else [{"text": one} for one in stored])

    @property
    def texts(self) -> list[str]:
        """What was typed, line by line."""
        return [form.cleaned_data.get("text", "") for form in self.lines]


def _number(value: Any) -> int:
    return int(value) if str(value or "").isdecimal() else 0


class ConsultationPaperForm(forms.Form):
    """A file that goes with the questions."""

    title = forms.CharField(label="Tên tài liệu", max_length=300)
    file = forms.FileField(
        label="Tệp", validators=[filetypes.not_too_large], help_text="PDF, Word, Excel, PowerPoint, ảnh; không quá 50 MB.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept(filetypes.PAPERS)}),
    )  # fmt: skip


class OpinionForm(forms.Form):
    """An opinion and its words for every question; the fields are the questions' own."""

    answered_by = forms.CharField(
        label="Người cho ý kiến", max_length=200, required=False, help_text="Họ tên, chức vụ."
    )

    def __init__(
        self,
        *args: Any,
        voice: ConsultationVoice,
        questions: list[ConsultationQuestion],
        standing: ConsultationAnswer | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        before = opinions_by_question(standing)
        for question in questions:
            opinion, words = before.get(question.pk, ("", ""))
            self.fields[f"opinion_{question.pk}"] = forms.ChoiceField(
                label="Ý kiến", choices=Opinion.choices, widget=forms.RadioSelect, initial=opinion,
                error_messages={"required": f"Chọn một ý kiến cho nội dung {question.position}."},
            )  # fmt: skip
            self.fields[f"text_{question.pk}"] = forms.CharField(
                label="Lý do, nội dung ý kiến khác",
                max_length=4000,
                required=False,
                widget=_lines(2),
                initial=words,
            )
        if voice.organization is None:
            del self.fields["answered_by"]
        elif standing:
            self.fields["answered_by"].initial = standing.answered_by

    @property
    def lines(self) -> list[tuple[ConsultationQuestion, forms.BoundField, forms.BoundField]]:
        """Each question with its two fields."""
        return [(one, self[f"opinion_{one.pk}"], self[f"text_{one.pk}"]) for one in self.questions]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What is asked beside the questions."""
        return [self[name] for name in self.fields if not name.startswith(("opinion_", "text_"))]

    def opinions(self) -> OpinionInput:
        """The cleaned answer for the service."""
        given = self.cleaned_data
        said = {one.pk: (given[f"opinion_{one.pk}"], given[f"text_{one.pk}"]) for one in self.questions}
        return OpinionInput(said, answered_by=given.get("answered_by", ""), **self.told())

    def told(self) -> dict[str, Any]:
        """How it came, where somebody else notes it."""
        return {}


class NoteForm(OpinionForm):
    """An answer that reached the secretary: how, when, with the paper's scan."""

    channel = forms.ChoiceField(
        label="Nhận ý kiến",
        choices=[(one.value, f"{one.label[:1].upper()}{one.label[1:]}") for one in TOLD_CHANNELS],
    )
    given_at = forms.DateTimeField(
        label="Lúc", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    file = forms.FileField(
        label="Bản quét phiếu", required=False, validators=[filetypes.not_too_large],
        help_text="PDF hoặc ảnh; cần có khi nhận bằng phiếu giấy.",
        widget=forms.FileInput(attrs={"accept": filetypes.accept(filetypes.SCANS)}),
    )  # fmt: skip
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_at"].initial = clock.now()

    def told(self) -> dict[str, Any]:
        """Channel, moment, note and file."""
        given, upload = self.cleaned_data, self.cleaned_data["file"]
        return {name: given[name] for name in ("channel", "given_at", "note")} | {
            "scan": upload.read() if upload else None,
            "scan_name": upload.name if upload else "",
        }


class ExtendForm(forms.Form):
    """More time, and why."""

    deadline = forms.DateField(label="Hạn mới, đến hết ngày", widget=_day())
    day_off = forms.ChoiceField(label="Nếu là ngày nghỉ", choices=DayOff.choices, initial=DayOff.NEXT)
    reason = forms.CharField(label="Lý do gia hạn", max_length=500, widget=_lines(2))


class StopForm(forms.Form):
    """Why it is called off."""

    reason = forms.CharField(label="Lý do dừng", max_length=500, widget=_lines(2))


class ResultForm(forms.Form):
    """In which form the result is issued."""

    doc_type = forms.ChoiceField(
        label="Văn bản kết quả", widget=forms.RadioSelect, initial=DocumentType.NOTICE,
        choices=(
            (DocumentType.NOTICE.value, "Thông báo kết quả, gửi mọi nơi được lấy ý kiến"),
            (DocumentType.MINUTES.value, "Biên bản kiểm phiếu, nêu tên từng ý kiến, lưu tại cơ quan"),
        ),
    )  # fmt: skip
