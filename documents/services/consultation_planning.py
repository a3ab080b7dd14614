"""Plan a written consultation: who is asked what until when. A draft is the office's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from coordination.queries import calendar_exceptions
from councils.models import Organization
from councils.permissions import can_serve_office, ensure
from documents.choices_consultation import Audience, DayOff, TallyRule
from documents.law import consultation as law
from documents.models import Consultation, ConsultationPaper, ConsultationQuestion, ConsultationVoice
from documents.permissions.consultation import can_consult
from hdnd.audit.services import changed, record
from hdnd.lib import clock, files, filetypes
from hdnd.lib.dates import short_date
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import nfc

MIN_REASON = 10
MOST_QUESTIONS = 20
LONGEST_QUESTION = 1000
NOT_YOURS = "Chỉ thư ký của cơ quan lấy ý kiến mới làm được việc này."
_FIELDS = (
    "title", "introduction", "audience", "members_of", "deadline", "rule", "rule_basis", "counts_late", "remind_before",
)  # fmt: skip


@dataclass(frozen=True)
class ConsultationInput:
    """A consultation as planned; names as in `Consultation`.

    Attributes:
        bodies: who is asked when bodies are.
        day_off: what becomes of a deadline that is a day off.
    """

    title: str
    audience: str
    deadline: date
    questions: Sequence[str]
    introduction: str = ""
    members_of: Organization | None = None
    bodies: Sequence[Organization] = ()
    day_off: str = DayOff.NEXT
    rule: str = TallyRule.MAJORITY
    rule_basis: str = ""
    counts_late: bool = False
    remind_before: int | None = 2


@transaction.atomic
def plan_consultation(*, actor: Any, organization: Organization, data: ConsultationInput) -> Consultation:
    """Writes a new draft, which nobody else sees.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: nothing is asked, or nobody; a question twice or too long; the deadline has passed.
    """
    ensure(can_serve_office(actor, organization), NOT_YOURS)
    row = Consultation(organization=organization, created_at=clock.now())
    _write(row, data)
    record("documents.consultation.planned", row, actor=actor, changes={"deadline": row.deadline})
    return row


@transaction.atomic
def change_draft(
    *, actor: Any, consultation: Consultation, data: ConsultationInput, version: int
) -> Consultation:
    """Rewrites a draft.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        StaleEdit: somebody else saved it since `version`.
        DomainError: issued already, or as `plan_consultation`.
    """
    row = locked(actor=actor, consultation=consultation)
    ensure_draft(row)
    if row.version != version:
        raise StaleEdit(
            "Người khác vừa lưu bản khác của dự thảo này. Nội dung bạn nhập còn nguyên: xem lại rồi bấm lưu lần nữa "
            "để thay bản đó.",
            stored=row,
        )
    row.version += 1
    changes = _write(row, data)
    record("documents.consultation.changed", row, actor=actor, changes=changes)
    return row


@transaction.atomic
def add_paper(
    *, actor: Any, consultation: Consultation, title: str, file_name: str, content: bytes
) -> ConsultationPaper:
    """Puts a file to the questions of a draft.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: issued already; the file is empty, too large or not what its name says.
    """
    row = locked(actor=actor, consultation=consultation)
    ensure_draft(row)
    kind = filetypes.checked(file_name, content, filetypes.PAPERS)
    paper = ConsultationPaper(
        consultation=row, title=nfc(title), file=files.store(content, kind.suffix), file_name=nfc(file_name)[:200],
        size=len(content),
    )  # fmt: skip
    paper.full_clean()
    paper.save()
    record("documents.consultation.paper_added", row, actor=actor, changes={"paper": paper.title})
    return paper


@transaction.atomic
def remove_paper(*, actor: Any, paper: ConsultationPaper) -> None:
    """Takes a file away from a draft; its bytes stay stored.

    Raises:
        PermissionDenied: not of the asking body's secretariat.
        DomainError: issued already.
    """
    row = locked(actor=actor, consultation=paper.consultation)
    ensure_draft(row)
    record("documents.consultation.paper_removed", row, actor=actor, changes={"paper": paper.title})
    paper.delete()


def _write(row: Consultation, data: ConsultationInput) -> dict[str, Any]:
    questions = _asked(data.questions)
    is_members = data.audience == Audience.MEMBERS
    if is_members and data.members_of is None:
        raise DomainError("Chọn lấy ý kiến thành viên của cơ quan nào.", field="members_of")
    if not is_members and not data.bodies:
        raise DomainError("Chọn ít nhất một cơ quan để lấy ý kiến.", field="bodies")
    ensure(
        data.members_of is None or data.members_of.family_root_id == row.organization.family_root_id,
        "Chỉ lấy phiếu của thành viên các cơ quan thuộc cùng Hội đồng nhân dân.",
    )
    row.title, row.introduction, row.rule_basis = (
        nfc(data.title),
        nfc(data.introduction),
        nfc(data.rule_basis),
    )
    row.audience, row.members_of = data.audience, data.members_of if is_members else None
    row.rule = data.rule if is_members else TallyRule.COLLECT
    row.counts_late, row.remind_before = data.counts_late, data.remind_before
    check_deadline(data.deadline)
    row.deadline = settled(data.deadline, data.day_off)
    changes = changed(row, list(_FIELDS)) if row.pk else {}
    row.full_clean()
    row.save()
    row.questions.all().delete()
    for position, question in enumerate(questions, start=1):
        made = ConsultationQuestion(consultation=row, position=position, text=question)
        made.full_clean()
        made.save()
    row.voices.all().delete()
    bodies = [] if is_members else dict.fromkeys(data.bodies)
    ConsultationVoice.objects.bulk_create(
        ConsultationVoice(consultation=row, organization=body) for body in bodies
    )
    return changes | {"questions": questions}


def _asked(questions: Sequence[str]) -> list[str]:
    """The questions, empty ones left out."""
    found = [nfc(question) for question in questions if nfc(question)]
    if not found:
        raise DomainError("Ghi ít nhất một nội dung xin ý kiến.", field="questions")
    if len(found) > MOST_QUESTIONS:
        raise DomainError(
            f"Mỗi phiếu tối đa {MOST_QUESTIONS} nội dung. Chia thành nhiều phiếu.", field="questions"
        )
    for at, question in enumerate(found, start=1):
        if len(question) > LONGEST_QUESTION:
            raise DomainError(
                f"Nội dung {at} dài {len(question)} ký tự, quá {LONGEST_QUESTION}. Rút gọn, phần dài đưa vào lời dẫn "
                "hoặc tài liệu kèm theo.",
                field="questions",
            )
        if question in found[: at - 1]:
            raise DomainError(f"Nội dung {at} lặp lại một nội dung ở trên. Bỏ bớt một.", field="questions")
    return found


def locked(*, actor: Any, consultation: Consultation) -> Consultation:
    """The row as stored, behind its lock: of two who close it at once the second finds it closed."""
    found: Consultation = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("organization__area", "members_of__area", "document__issuer", "result")
        .get(pk=consultation.pk)
    )
    ensure(can_consult(actor, found), NOT_YOURS)
    return found


def ensure_draft(row: Consultation) -> None:
    """Lets a draft pass.

    Raises:
        DomainError: issued, closed or called off.
    """
    if not row.is_draft:
        raise DomainError(f"Việc lấy ý kiến này {row.get_state_display()} nên không sửa được nữa.")


def ensure_open(row: Consultation) -> None:
    """Lets pass what takes answers.

    Raises:
        DomainError: a draft, closed or called off.
    """
    if not row.is_open:
        raise DomainError(
            f"Việc lấy ý kiến này {row.get_state_display()}. Tải lại trang để xem tình trạng mới nhất."
        )


def reasoned(reason: str) -> str:
    """The reason, long enough to say something.

    Raises:
        DomainError: it is not.
    """
    reason = nfc(reason)
    if len(reason) < MIN_REASON:
        raise DomainError(f"Ghi lý do, ít nhất {MIN_REASON} ký tự.", field="reason")
    return reason


def settled(deadline: date, day_off: str) -> date:
    """The deadline after the choice about days off."""
    return law.moved_forward(deadline, calendar_exceptions()) if day_off == DayOff.NEXT else deadline


def check_deadline(deadline: date) -> None:
    """Lets today and later days pass.

    Raises:
        DomainError: the day has passed.
    """
    if law.is_late(clock.today(), deadline):
        raise DomainError(
            f"Hạn trả lời {short_date(deadline)} đã qua. Chọn từ {short_date(clock.today())} trở đi.",
            field="deadline",
        )
