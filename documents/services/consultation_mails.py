"""The mails of a written consultation: the form with its link, more time, a reminder, an end, the result."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from coordination.law.working_days import is_working_day
from coordination.queries import calendar_exceptions
from councils.permissions import ensure
from councils.queries import addresses_of
from documents.choices_consultation import ConsultationState
from documents.heading import full_name
from documents.law import consultation as law
from documents.models import Consultation, ConsultationVoice, Document
from documents.permissions.consultation import can_consult
from documents.queries.tallies import count_of
from documents.sender import sender_for
from hdnd.audit.services import record
from hdnd.lib import clock, links
from hdnd.lib.dates import long_date, relative, short_date
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from hdnd.outbox.queries import messages_about
from hdnd.outbox.services import Attachment, queue

_SALT = "documents.consultation"


@dataclass(frozen=True)
class Told:
    """What was mailed, and who has no address: they need paper or a telephone."""

    messages: list[Message] = field(default_factory=list)
    unreachable: list[ConsultationVoice] = field(default_factory=list)

    def __add__(self, other: "Told") -> "Told":
        return Told([*self.messages, *other.messages], [*self.unreachable, *other.unreachable])


def token_for(voice: ConsultationVoice) -> str:
    """The token of the voice's link."""
    return links.signed(_SALT, voice.pk, voice.nonce)


def voice_of(token: str) -> ConsultationVoice | None:
    """The voice a token stands for; None when it is forged, cut off or withdrawn."""
    named = links.opened(_SALT, token)
    if named is None:
        return None
    key, nonce = named
    return (
        ConsultationVoice.objects.filter(pk=key, nonce=nonce, consultation__opened_at__isnull=False)
        .exclude(nonce="")
        .select_related(
            "consultation__organization", "consultation__document__issuer", "person", "organization"
        )
        .first()
    )


def tell_form(*, consultation: Consultation, voices: Iterable[ConsultationVoice]) -> Told:
    """The form with its PDF and a link that needs no account."""
    host, title = full_name(consultation.organization), consultation.title
    return _mail(
        consultation, voices, "form", f"Lấy ý kiến: {title}",
        lambda name: f"{host} đề nghị {name} cho ý kiến bằng văn bản về: {title}.",
        document=consultation.document,
    )  # fmt: skip


def tell_extended(
    *, consultation: Consultation, voices: Iterable[ConsultationVoice], before: date, reason: str
) -> Told:
    """There is more time."""
    host, title = full_name(consultation.organization), consultation.title
    return _mail(
        consultation, voices, f"extended:{consultation.deadline}", f"Gia hạn cho ý kiến: {title}",
        lambda name: f"{host} gia hạn để {name} cho ý kiến về: {title}. "
        f"Hạn cũ {short_date(before)}, hạn mới {long_date(consultation.deadline)}. Lý do: {reason.rstrip('.')}.",
    )  # fmt: skip


def tell_cancelled(*, consultation: Consultation, voices: Iterable[ConsultationVoice]) -> Told:
    """No opinion is needed any more."""
    host, title = full_name(consultation.organization), consultation.title
    reason = consultation.cancelled_because.rstrip(".")
    return _mail(
        consultation, voices, "cancelled", f"Dừng lấy ý kiến: {title}",
        lambda name: f"{host} dừng lấy ý kiến về: {title}. {name} không cần cho ý kiến nữa. Lý do: {reason}.",
        is_over=True,
    )  # fmt: skip


def tell_result(*, consultation: Consultation, voices: Iterable[ConsultationVoice]) -> Told:
    """The notice of the result."""
    host, title, result = full_name(consultation.organization), consultation.title, consultation.result
    return _mail(
        consultation, voices, "result", f"Kết quả lấy ý kiến: {title}",
        lambda name: f"{host} gửi {name} kết quả lấy ý kiến về: {title}. Văn bản kèm theo thư này: {result}.",
        document=result, is_over=True,
    )  # fmt: skip


@transaction.atomic
def remind_now(*, actor: Any, consultation: Consultation) -> Told:
    """The secretary reminds all who have not answered; nobody twice a day.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: not open, or nobody is left to remind today.
    """
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("organization")
        .get(pk=consultation.pk)
    )
    ensure(can_consult(actor, row), "Chỉ thư ký của cơ quan lấy ý kiến mới nhắc được.")
    if not row.is_open:
        raise DomainError(f"Việc lấy ý kiến này {row.get_state_display()}, không nhắc nữa.")
    told = _remind(row, [one.voice for one in count_of(row).silent])
    if not told.messages:
        raise DomainError(
            "Không có ai để nhắc qua thư: mọi nơi đã trả lời, đã được nhắc hôm nay hoặc không có địa chỉ thư điện tử."
        )
    changes = {"to": [message.to for message in told.messages]}
    record("documents.consultation.reminded", row, actor=actor, changes=changes)
    return told


def send_reminders() -> list[Message]:
    """Reminds the silent of every consultation whose day of reminding has come; may run any number of times.

    Whoever was reminded on that day or later, or got the form then, has been told.

    Raises:
        ExceptionGroup: reminders that could not be written, after all others were; the next run tries them again.
    """
    exceptions, today = calendar_exceptions(), clock.today()
    if not is_working_day(today, exceptions):
        return []
    sent: list[Message] = []
    errors: list[Exception] = []
    waiting = Consultation.objects.filter(
        state=ConsultationState.OPEN, deadline__gte=today, remind_before__isnull=False
    )
    for key, deadline, before in list(waiting.values_list("pk", "deadline", "remind_before")):
        if before is None or law.reminder_day(deadline, before, exceptions) > today:
            continue
        try:
            sent += _remind_by_rule(key, law.reminder_day(deadline, before, exceptions))
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("reminders of consultations not written", errors)
    return sent


@transaction.atomic
def _remind_by_rule(key: int, since: date) -> list[Message]:
    row = Consultation.objects.select_for_update(of=("self",)).select_related("organization").get(pk=key)
    if not row.is_open or row.opened_at is None:
        return []
    silent = [one.voice for one in count_of(row).silent]
    recent = messages_about(ConsultationVoice, [voice.pk for voice in silent]).filter(
        created_at__gte=clock.at_time(since, 0)
    )
    told = set(recent.values_list("object_id", flat=True))
    messages = _remind(row, [voice for voice in silent if str(voice.pk) not in told]).messages
    if messages:
        changes = {"to": [message.to for message in messages]}
        record("documents.consultation.reminded", row, actor=None, changes=changes)
    return messages


def _remind(row: Consultation, voices: Iterable[ConsultationVoice]) -> Told:
    host, today = full_name(row.organization), clock.today()
    return _mail(
        row, voices, f"reminder:{today}", f"Nhắc cho ý kiến: {row.title}",
        lambda name: f"{host} chưa nhận được ý kiến của {name} về: {row.title}. "
        f"Hạn trả lời: {long_date(row.deadline)}, {relative(row.deadline, today)}.",
    )  # fmt: skip


def _mail(
    row: Consultation, voices: Iterable[ConsultationVoice], what: str, subject: str, lead: Callable[[str], str],
    *, document: Document | None = None, is_over: bool = False,
) -> Told:  # fmt: skip
    """One mail to each address of each voice; the same thing is never told twice to one address.

    Args:
        what: the thing told, part of the key.
        lead: the first sentence, for the name addressed.
        is_over: nothing is to be answered, so there is no link.
    """
    voices = list(voices)
    book = addresses_of([voice.organization_id for voice in voices if voice.organization_id], clock.today())
    shared = {
        "consultation": row, "questions": list(row.questions.all()), "papers": list(row.papers.all()),
        "document": document, "is_over": is_over, "contact": row.document.issuer.phone if row.document else "",
    }  # fmt: skip
    files = [_attached(document)] if document else []
    sender, told = sender_for(row.organization), Told()
    for voice in voices:
        addresses = _addresses(voice, book)
        if not addresses:
            told.unreachable.append(voice)
        link = (
            "" if is_over else settings.SITE_URL + reverse("documents:opinion_link", args=[token_for(voice)])
        )
        context = {**shared, "link": link, "lead": lead(_addressee(voice))}
        for email, name in addresses:
            message = queue(
                dedupe_key=f"consultation:{voice.pk}:{what}:{email.lower()}"[:200],
                to=email,
                to_name=name,
                **sender,
                subject=subject,
                text=render_to_string("documents/mail/consultation.txt", context),
                html=render_to_string("documents/mail/consultation.html", context),
                attachments=files,
                about=voice,
            )
            if message:
                told.messages.append(message)
    return told


def _attached(document: Document) -> Attachment:
    return Attachment(f"{document.symbol.replace('/', '-')}.pdf", "application/pdf", document.file)


def _addresses(voice: ConsultationVoice, book: dict[int, list[Any]]) -> list[tuple[str, str]]:
    if voice.person is not None:
        return [(voice.person.email, voice.person.full_name)] if voice.person.email else []
    return [
        (contact.email, contact.name or voice.name) for contact in book.get(voice.organization_id or 0, [])
    ]


def _addressee(voice: ConsultationVoice) -> str:
    if voice.person is not None:
        return voice.person.styled_name
    return full_name(voice.organization) if voice.organization else ""
