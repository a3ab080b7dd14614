"""Give an opinion: in the app, by signed link, or noted by the secretary. Every answer is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from councils.permissions import ensure
from councils.queries import members_on
from documents.choices_consultation import TOLD_CHANNELS, Opinion, OpinionChannel
from documents.law.consultation import is_late
from documents.models import (
    Consultation,
    ConsultationAnswer,
    ConsultationOpinion,
    ConsultationVoice,
)
from documents.permissions.consultation import can_consult, can_give_opinion
from documents.services.consultation_planning import NOT_YOURS
from hdnd.audit.services import record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.dates import date_time, short_date
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc


@dataclass(frozen=True)
class OpinionInput:
    """An answer as given.

    Attributes:
        opinions: by the question's key: what is said (`Opinion`) and its words.
        answered_by: name and post of who fills it in, for a body.
        channel, given_at, note, scan, scan_name: of an answer that the secretary notes; `scan` is the file's bytes.
    """

    opinions: Mapping[int, tuple[str, str]]
    answered_by: str = ""
    channel: str = OpinionChannel.PAPER
    given_at: datetime | None = None
    note: str = ""
    scan: bytes | None = None
    scan_name: str = ""


@transaction.atomic
def answer_by_link(*, voice: ConsultationVoice, data: OpinionInput) -> ConsultationAnswer:
    """Answers over the signed link; may be changed until the consultation is closed.

    Raises:
        DomainError: not open, a membership that has ended, or an incomplete answer.
    """
    voice = _locked(voice)
    return _write(voice, data, channel=OpinionChannel.LINK, given_at=clock.now(), actor=None)


@transaction.atomic
def answer_in_app(*, actor: Any, voice: ConsultationVoice, data: OpinionInput) -> ConsultationAnswer:
    """Answers as the person asked, or in the name of the body asked.

    Raises:
        PermissionDenied: the actor is neither.
        DomainError: as `answer_by_link`.
    """
    ensure(can_give_opinion(actor, voice), "Phiếu này của người khác hoặc cơ quan khác.")
    voice = _locked(voice)
    return _write(voice, data, channel=OpinionChannel.APP, given_at=clock.now(), actor=actor)


@transaction.atomic
def note_answer(*, actor: Any, voice: ConsultationVoice, data: OpinionInput) -> ConsultationAnswer:
    """The secretary notes an answer given on paper (with its scan), by telephone and the like.

    Raises:
        PermissionDenied: the actor is not of the asking body's secretariat.
        DomainError: as `answer_by_link`; or told in the future or before the form, in no known way, or on paper
            without a scan.
    """
    ensure(can_consult(actor, voice.consultation), NOT_YOURS)
    voice = _locked(voice)
    given_at = data.given_at or clock.now()
    opened_at = voice.consultation.opened_at
    if data.channel not in TOLD_CHANNELS:
        raise DomainError("Chọn cách nhận ý kiến: phiếu giấy, điện thoại, …", field="channel")
    if given_at > clock.now():
        raise DomainError("Thời điểm cho ý kiến chưa tới. Ghi lúc đã nhận ý kiến.", field="given_at")
    if opened_at and given_at < opened_at.replace(second=0, microsecond=0):
        raise DomainError(
            f"Phiếu phát hành {date_time(opened_at)}, không thể có ý kiến trước đó. Sửa thời điểm.",
            field="given_at",
        )
    if data.channel == OpinionChannel.PAPER and not data.scan:
        raise DomainError(
            "Ý kiến bằng phiếu giấy cần bản quét để đối chiếu. Chọn tệp PDF hoặc ảnh của phiếu.", field="file"
        )
    return _write(voice, data, channel=data.channel, given_at=given_at, actor=actor)


def _locked(voice: ConsultationVoice) -> ConsultationVoice:
    """The voice as stored, behind the lock of its consultation: none is counted while it is being closed."""
    row = Consultation.objects.select_for_update(of=("self",)).get(pk=voice.consultation_id)
    found = ConsultationVoice.objects.select_related(
        "consultation__organization", "consultation__members_of", "person", "organization"
    ).get(pk=voice.pk)
    if not row.is_open:
        raise DomainError(
            f"Việc lấy ý kiến này {row.get_state_display()} nên không nhận ý kiến nữa. Liên hệ cơ quan lấy ý kiến."
        )
    return found


def _write(
    voice: ConsultationVoice, data: OpinionInput, *, channel: str, given_at: datetime, actor: Any
) -> ConsultationAnswer:
    row = voice.consultation
    _check_voice(voice)
    rows = _opinions(row, data)
    answered_by = nfc(data.answered_by)
    if voice.organization is not None and not answered_by:
        answered_by = str(actor) if actor and channel == OpinionChannel.APP else ""
        if not answered_by:
            raise DomainError("Ghi họ tên, chức vụ người cho ý kiến.", field="answered_by")
    kind = filetypes.checked(data.scan_name, data.scan, filetypes.SCANS) if data.scan else None
    answer = ConsultationAnswer(
        voice=voice,
        channel=channel,
        answered_by=answered_by[:200] or voice.name,
        given_at=given_at,
        recorded_at=clock.now(),
        recorded_by=actor,
        note=nfc(data.note)[:500],
        scan=files.store(data.scan, kind.suffix) if kind and data.scan else "",
    )
    answer.full_clean(exclude=["voice"])
    answer.save()
    for one in rows:
        one.answer = answer
        one.full_clean(exclude=["answer", "question"])
    ConsultationOpinion.objects.bulk_create(rows)
    changes: dict[str, Any] = {
        "voice": voice.name,
        "channel": answer.get_channel_display(),
        "opinions": [one.get_opinion_display() for one in rows],
    }
    if is_late(answer.given_on, row.deadline):
        changes["late"] = True
    record(
        "documents.consultation.answered", row, actor=actor, actor_name=answer.answered_by, changes=changes
    )
    return answer


def _check_voice(voice: ConsultationVoice) -> None:
    """A person must be a member on the last day: only they are counted."""
    row = voice.consultation
    if voice.person is None or row.members_of is None:
        return
    if not members_on(row.members_of, row.deadline).filter(person=voice.person).exists():
        raise DomainError(
            f"{voice.person} không còn là thành viên {row.members_of.label} vào ngày {short_date(row.deadline)} "
            "nên không cho ý kiến lần này nữa. Nếu chưa đúng, nhờ quản trị sửa tư cách thành viên."
        )


def _opinions(row: Consultation, data: OpinionInput) -> list[ConsultationOpinion]:
    """What is said to every question; none may be left out."""
    found = []
    for question in row.questions.all():
        opinion, text = data.opinions.get(question.pk, ("", ""))
        if opinion not in Opinion.values:
            raise DomainError(
                f"Chọn đồng ý, không đồng ý hoặc ý kiến khác cho nội dung {question.position}.",
                field=f"opinion_{question.pk}",
            )
        text = nfc(text)
        if opinion == Opinion.OTHER and not text:
            raise DomainError(
                f"Ghi ý kiến khác của bạn đối với nội dung {question.position}.", field=f"text_{question.pk}"
            )
        found.append(ConsultationOpinion(question=question, opinion=opinion, text=text))
    return found
