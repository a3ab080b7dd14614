"""A consultation of TTHDND over the world of `tests.cast`: its seven members asked on Monday, until Friday."""

from datetime import date, datetime
from typing import Any

from councils.queries import members_on
from documents.models import Consultation, ConsultationAnswer, ConsultationVoice
from documents.services import consultation_planning, consulting, opining
from documents.services.consultation_planning import ConsultationInput
from documents.services.issuing import issue
from documents.services.opining import OpinionInput
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings.factories import issuer

MONDAY = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
FRIDAY = date(2026, 6, 19)
QUESTIONS = ("Thông qua Kế hoạch giám sát", "Giao Ban Pháp chế chủ trì")
TITLE = "Dự thảo Kế hoạch giám sát năm 2027"


def on(day: int, hour: int = 10) -> datetime:
    """A moment of that day of June 2026."""
    return datetime(2026, 6, day, hour, 0, tzinfo=clock.VIETNAM)


def asks(cast: Cast, **changes: Any) -> ConsultationInput:
    """Members of TTHDND, more than half, until Friday; or what is said."""
    values: dict[str, Any] = {
        "title": TITLE, "audience": "members", "members_of": cast.world["TTHDND"], "deadline": FRIDAY,
        "questions": QUESTIONS, **changes,
    }  # fmt: skip
    return ConsultationInput(**values)


def letterhead(cast: Cast) -> None:
    """TTHDND issues papers; its members have addresses but P07, who has none."""
    issuer(cast.world["TTHDND"])
    for code, person in cast.world.people.items():
        if code != "P07":
            person.email = f"{code.lower()}@hdnd.test"
            person.save()


def draft(cast: Cast, **changes: Any) -> Consultation:
    """A draft of the secretary."""
    return consultation_planning.plan_consultation(
        actor=cast.secretary, organization=cast.world["TTHDND"], data=asks(cast, **changes)
    )


def opened(cast: Cast, **changes: Any) -> Consultation:
    """The form is out, since Monday morning."""
    letterhead(cast)
    with clock.at(MONDAY):
        row = draft(cast, **changes)
        consulting.open_consultation(actor=cast.secretary, consultation=row)
    row.refresh_from_db()
    return row


def told(cast: Cast, row: Consultation) -> Consultation:
    """A draft as if its form had gone out, without a rendered paper and mails: for tests of what comes after."""
    members = members_on(row.members_of, row.deadline) if row.members_of else []
    for seat in members:
        row.voices.create(person=seat.person)
    for one in row.voices.all():
        one.nonce = f"n{one.pk}"
        one.save()
    row.document = issue(
        actor=cast.secretary, organization=row.organization, doc_type="PLYK", subject=row.title, signer_name="Nguyễn Đình Lâm",
        signer_title="CHỦ TỊCH", recipients=[], about=row, render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    row.state, row.opened_at = "waiting", clock.now()
    row.save()
    return row


def bodies(cast: Cast, **changes: Any) -> Consultation:
    """UBND and MTTQ are asked for their opinion."""
    asked = [cast.world["UBND"], cast.world["MTTQ"]]
    return opened(cast, audience="bodies", members_of=None, bodies=asked, **changes)


def voice(row: Consultation, code: str) -> ConsultationVoice:
    """The voice of that person or body."""
    found = row.voices.filter(person__code=code).first() or row.voices.get(organization__code=code)
    assert isinstance(found, ConsultationVoice)
    return found


def says(row: Consultation, *opinions: str, text: str = "Cần làm rõ thêm", **values: Any) -> OpinionInput:
    """One opinion to each question (the last one to the rest); words where there must be some."""
    questions = list(row.questions.all())
    said = [*opinions, *[opinions[-1]] * (len(questions) - len(opinions))]
    return OpinionInput(
        {
            question.pk: (opinion, text if opinion == "other" else "")
            for question, opinion in zip(questions, said, strict=True)
        },
        **values,
    )


def answer(row: Consultation, code: str, *opinions: str, at: datetime, **values: Any) -> ConsultationAnswer:
    """By link at that moment."""
    with clock.at(at):
        return opining.answer_by_link(voice=voice(row, code), data=says(row, *opinions, **values))
