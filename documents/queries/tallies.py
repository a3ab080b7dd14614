"""What has been answered, by whom, and what it comes to today. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from councils.models import Membership
from councils.queries import members_on
from documents.law import consultation as law
from documents.models import (
    Consultation,
    ConsultationAnswer,
    ConsultationOpinion,
    ConsultationQuestion,
    ConsultationVoice,
)


@dataclass(frozen=True)
class VoiceRow:
    """One who is asked.

    Attributes:
        answers: every answer, in the order in which they were recorded.
        counted: the answer that counts; None without one.
        post: a member's post on the last day.
        has_voice: False for a person who is not a member on the last day: nothing of theirs counts.
    """

    voice: ConsultationVoice
    answers: list[ConsultationAnswer]
    counted: ConsultationAnswer | None
    post: str = ""
    has_voice: bool = True
    deadline: date = date.min

    @property
    def late(self) -> list[ConsultationAnswer]:
        """Answers given after the last day."""
        return [answer for answer in self.answers if law.is_late(answer.given_on, self.deadline)]

    @property
    def history(self) -> list[tuple[ConsultationAnswer, bool, bool]]:
        """Every answer, the latest first, with whether it counts and whether it was late."""
        return [(answer, answer == self.counted, answer in self.late) for answer in reversed(self.answers)]

    @property
    def is_silent(self) -> bool:
        return self.has_voice and not self.answers


@dataclass(frozen=True)
class Remark:
    """What somebody wrote to a question."""

    name: str
    opinion: ConsultationOpinion


@dataclass(frozen=True)
class QuestionRow:
    """One question with its count, and what was written to it."""

    question: ConsultationQuestion
    tally: law.Tally
    remarks: list[Remark]


@dataclass(frozen=True)
class Count:
    """All of a consultation as it stands.

    Attributes:
        unasked: members on the last day who got no form yet.
    """

    rows: list[VoiceRow]
    questions: list[QuestionRow]
    unasked: list[Membership] = field(default_factory=list)

    @property
    def voices(self) -> int:
        """All who have a voice on the last day."""
        return sum(row.has_voice for row in self.rows) + len(self.unasked)

    @property
    def counted(self) -> int:
        """Voices whose answer counts."""
        return sum(row.counted is not None for row in self.rows)

    @property
    def silent(self) -> list[VoiceRow]:
        return [row for row in self.rows if row.is_silent]

    @property
    def late(self) -> int:
        """Voices that answered, or changed their answer, after the last day."""
        return sum(bool(row.late) for row in self.rows if row.has_voice)

    @property
    def is_complete(self) -> bool:
        """Whether all who have a voice answered in some way."""
        return not self.unasked and not self.silent


def voice_row(voice: ConsultationVoice) -> VoiceRow:
    """One voice with every answer; three queries."""
    found = _with_answers(ConsultationVoice.objects.filter(pk=voice.pk)).get()
    return _row(voice.consultation, found)


def _with_answers(voices: QuerySet[ConsultationVoice]) -> QuerySet[ConsultationVoice]:
    return voices.select_related("person", "organization__area").prefetch_related(
        "answers__recorded_by__person", "answers__opinions__question"
    )


def rows_of(consultation: Consultation) -> list[ConsultationVoice]:
    """The voices with every answer and its opinions."""
    return list(_with_answers(consultation.voices.all()))


def count_of(consultation: Consultation) -> Count:
    """Counts everything anew; four or five queries."""
    voices = rows_of(consultation)
    questions = list(consultation.questions.all())
    if not consultation.asks_members or consultation.members_of is None:
        rows = sorted(
            (_row(consultation, voice) for voice in voices),
            key=lambda row: row.voice.organization.protocol_key if row.voice.organization else (0, ""),
        )
        return Count(rows, _questions(consultation, questions, rows))
    seats = list(members_on(consultation.members_of, consultation.deadline))
    by_person = {voice.person_id: voice for voice in voices}
    rows = [
        _row(consultation, by_person[seat.person_id], post=seat.post.name)
        for seat in seats
        if seat.person_id in by_person
    ]
    seated = {seat.person_id for seat in seats}
    rows += [_row(consultation, voice, has_voice=False) for voice in voices if voice.person_id not in seated]
    unasked = [seat for seat in seats if seat.person_id not in by_person]
    if not consultation.opened_at:
        return Count([], _questions(consultation, questions, [], len(seats)), unasked)
    return Count(rows, _questions(consultation, questions, rows, len(unasked)), unasked)


def _row(
    consultation: Consultation, voice: ConsultationVoice, *, post: str = "", has_voice: bool = True
) -> VoiceRow:
    answers = list(voice.answers.all())
    at = law.standing(
        [answer.given_on for answer in answers], consultation.deadline, counts_late=consultation.counts_late
    )
    counted = answers[at] if at is not None and has_voice else None
    return VoiceRow(voice, answers, counted, post, has_voice, consultation.deadline)


def _questions(
    consultation: Consultation,
    questions: Iterable[ConsultationQuestion],
    rows: list[VoiceRow],
    unasked: int = 0,
) -> list[QuestionRow]:
    voices = sum(row.has_voice for row in rows) + unasked
    found = []
    for question in questions:
        said = [
            Remark(row.voice.name, opinion)
            for row in rows
            if row.counted
            for opinion in row.counted.opinions.all()
            if opinion.question_id == question.pk
        ]
        tally = law.tally(voices, [one.opinion.opinion for one in said], consultation.rule)
        found.append(QuestionRow(question, tally, [one for one in said if one.opinion.text]))
    return found


def opinions_by_question(answer: ConsultationAnswer | None) -> dict[int, tuple[str, str]]:
    """What an answer says, by the question's key: opinion and text; empty without an answer."""
    if answer is None:
        return {}
    return {one.question_id: (one.opinion, one.text) for one in answer.opinions.all()}
