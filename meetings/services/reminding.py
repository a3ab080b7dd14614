"""Remind those who owe something: one mail a person and day, nothing twice, nothing once it is settled."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from councils.permissions import ensure
from documents import heading
from documents.sender import Sender, sender_for
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.dates import long_date
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from hdnd.outbox.services import queue
from meetings.choices import MeetingState, ReminderKind
from meetings.models import Meeting, ReminderPause, ReminderSent
from meetings.permissions import can_prepare
from meetings.queries.reminders import FIELDS, Digest, Line, due_digests, meeting_digests, still_open
from meetings.services.links import token_for


def send_reminders() -> list[Message]:
    """Sends every reminder that is owed at this moment; may run any number of times, and twice at once.

    One transaction for each address, so that one that fails takes no other with it. An address that got its mail
    today gets no second one: what came up since waits for the next working day.

    Raises:
        ExceptionGroup: mails that could not be written, after all others were; the next run tries them again.
    """
    now = clock.now()
    sent, errors = [], []
    for digest in due_digests(now):
        try:
            sent.append(_send(digest, f"reminder:{now.date()}:{digest.reader.key}"))
        except Exception as error:
            errors.append(error)
    if errors:
        raise ExceptionGroup("reminders not written", errors)
    return [message for message in sent if message]


@transaction.atomic
def remind_now(*, actor: Any, meeting: Meeting) -> list[Message]:
    """The secretary reminds of everything open in the meeting, also on a day off; nobody of the same thing twice a day.

    Raises:
        PermissionDenied: not of the host's secretariat.
        DomainError: not issued, begun or switched off; nothing is open, nobody can be reached, or all were reminded
            today.
    """
    meeting = _locked(actor, meeting)
    now = clock.now()
    if meeting.state != MeetingState.INVITED or meeting.starts_at <= now:
        raise DomainError("Chỉ nhắc được khi giấy mời đã phát hành và cuộc họp chưa bắt đầu.")
    if ReminderPause.objects.filter(meeting=meeting).exists():
        raise DomainError("Nhắc việc của cuộc họp này đang tắt. Bật lại rồi nhắc.")
    digests = meeting_digests(meeting, now)
    sent = [
        _send(digest, f"reminder:{now.date()}:{meeting.pk}:{digest.reader.key}", actor) for digest in digests
    ]
    messages = [message for message in sent if message]
    if not messages:
        raise DomainError(
            "Không có ai để nhắc: mọi cơ quan đã trả lời và tài liệu đã đủ, hoặc những nơi còn lại đã được nhắc hôm nay."
        )
    record(
        "meetings.reminders.sent_by_hand",
        meeting,
        actor=actor,
        changes={"to": [message.to for message in messages]},
    )
    return messages


@transaction.atomic
def pause_reminders(*, actor: Any, meeting: Meeting) -> None:
    """Leaves everybody of the meeting alone from now on; once is enough.

    Raises:
        PermissionDenied: not of the host's secretariat.
    """
    meeting = _locked(actor, meeting)
    if ReminderPause.objects.get_or_create(meeting=meeting)[1]:
        record("meetings.reminders.paused", meeting, actor=actor)


@transaction.atomic
def resume_reminders(*, actor: Any, meeting: Meeting) -> None:
    """Reminds again as the rules say; a reminder whose day fell into the pause may be made up.

    Raises:
        PermissionDenied: not of the host's secretariat.
    """
    meeting = _locked(actor, meeting)
    if ReminderPause.objects.filter(meeting=meeting).delete()[0]:
        record("meetings.reminders.resumed", meeting, actor=actor)


def _locked(actor: Any, meeting: Meeting) -> Meeting:
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",)).select_related("host__area").get(pk=meeting.pk)
    )
    ensure(can_prepare(actor, locked), "Chỉ thư ký của cơ quan tổ chức mới nhắc được.")
    return locked


def _send(digest: Digest, key: str, actor: Any = None) -> Message | None:
    """One mail and its traces in one transaction; None when another run was faster or nothing is open any more."""
    try:
        with transaction.atomic():
            digest = still_open(digest, clock.now())
            return _write(digest, key, actor) if digest.lines else None
    except IntegrityError:
        # By hand and by the beat at the same moment: the other one has told them.
        return None


def _write(digest: Digest, key: str, actor: Any) -> Message | None:
    hosts = {line.matter.meeting.host_id: line.matter.meeting.host for line in digest.lines}
    context = {"sections": _sections(digest.lines), "greeting": digest.reader.greeting}
    # A digest of several offices comes from the system itself.
    alone = next(iter(hosts.values())) if len(hosts) == 1 else None
    sender: Sender = sender_for(alone) if alone else {"from_name": "", "reply_to": ""}
    message = queue(
        dedupe_key=key,
        to=digest.reader.email,
        to_name=digest.reader.name,
        **sender,
        subject=_subject(digest),
        text=render_to_string("meetings/mail/reminder.txt", context),
        html=render_to_string("meetings/mail/reminder.html", context),
    )
    if message is None:
        return None
    ReminderSent.objects.bulk_create(
        ReminderSent(
            **{FIELDS[line.matter.kind]: line.matter.thing},
            to=digest.reader.key, sent_on=clock.today(), message=message,
        )
        for line in digest.lines
    )  # fmt: skip
    record(
        "meetings.reminder.sent",
        message,
        actor=actor,
        changes={"to": digest.reader.email, "about": [str(line.matter.thing) for line in digest.lines]},
    )
    return message


_COUNTED = {
    ReminderKind.UNANSWERED: "giấy mời chưa trả lời",
    ReminderKind.PAPERS: "tài liệu còn thiếu",
    ReminderKind.TASK: "nhiệm vụ",
}


def _subject(digest: Digest) -> str:
    """`Nhắc việc thứ Ba, 10/02/2026: 2 giấy mời chưa trả lời, 1 nhiệm vụ`."""
    kinds = [line.matter.kind for line in digest.lines]
    counts = [f"{kinds.count(kind)} {word}" for kind, word in _COUNTED.items() if kind in kinds]
    return f"Nhắc việc {long_date(clock.today())}: {', '.join(counts)}"


def _sections(lines: tuple[Line, ...]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lines by kind, each with where to settle it."""
    found = []
    for kind in ReminderKind:
        rows = [
            {"line": line, "matter": line.matter, "thing": line.matter.thing, "link": _link(line),
             "host": heading.full_name(line.matter.meeting.host)}
            for line in lines
            if line.matter.kind == kind
        ]  # fmt: skip
        if rows:
            found.append((str(kind), rows))
    return found


def _link(line: Line) -> str:
    """Where the reader settles it: without signing in where they answer, in the system where it needs an account."""
    thing = line.matter.thing
    if line.matter.kind == ReminderKind.PAPERS:
        path = reverse("meetings:paper_add", args=[thing.pk]) if line.stands_in else ""
    elif line.matter.kind == ReminderKind.TASK:
        path = reverse("meetings:task_complete", args=[thing.pk])
    elif line.stands_in:
        path = reverse("meetings:answer_record", args=[thing.pk])
    else:
        path = reverse("meetings:answer_link", args=[token_for(thing)])
    return settings.SITE_URL + path if path else ""
