"""The demo's written consultations: one of members still open, one of bodies, one closed with its result. All fictional."""

from datetime import date, timedelta

from coordination.law.working_days import is_working_day
from councils.models import Organization, User
from documents.choices import DocumentType
from documents.choices_consultation import Audience, OpinionChannel
from documents.models import Consultation, ConsultationVoice
from documents.paper.html import paper_pdf
from documents.paper.model import DocTitle, Letterhead, Paper, Paragraph, text
from documents.services import consultation_planning, consulting, opining
from documents.services.consultation_planning import ConsultationInput
from documents.services.opining import OpinionInput
from hdnd.lib import clock
from hdnd.lib.background import silenced
from hdnd.outbox.models import Message, State

BASIS = "Điều 12 Quy chế làm việc của Thường trực HĐND tỉnh"
FOR_A_CHANGE = "Đề nghị thêm một chuyên đề về cung cấp nước sạch nông thôn trong quý III."


def load_consultations() -> int:
    """Plays the three once under their own dates; returns how many were made."""
    host = Organization.objects.filter(code="TTHDND").first()
    if host is None or Consultation.objects.exists():
        return 0
    secretary = User.objects.get(username="thuky")
    with silenced():
        _closed(secretary, host, clock.today())
        _open(secretary, host, clock.today())
        _bodies(secretary, host, clock.today())
    # The mails of days past left then.
    today = clock.at_time(clock.today(), 0)
    old = Message.objects.filter(dedupe_key__startswith="consultation:", created_at__lt=today)
    old.update(state=State.SENT, sent_at=today, attempts=1)
    return 3


def _open(secretary: User, host: Organization, today: date) -> None:
    """Half of the members answered, one with an opinion of their own, one on the telephone."""
    with clock.at(clock.at_time(_working(today, -2), 9)):
        row = _issue(
            secretary, host,
            ConsultationInput(
                title="Dự thảo Kế hoạch giám sát năm 2027 của Thường trực HĐND tỉnh",
                introduction="Ban Pháp chế trình dự thảo Kế hoạch. Do chưa bố trí được phiên họp, Thường trực HĐND tỉnh "
                "lấy ý kiến các thành viên bằng văn bản.",
                audience=Audience.MEMBERS, members_of=host, deadline=_working(today, 4), rule_basis=BASIS,
                questions=[
                    "Thông qua dự thảo Kế hoạch giám sát năm 2027",
                    "Giao Ban Pháp chế chủ trì chuyên đề quản lý đất đai tại các xã, phường mới sắp xếp",
                ],
            ),
        )  # fmt: skip
    voices = list(row.voices.order_by("pk"))
    for at, voice in enumerate(voices[: (len(voices) + 1) // 2]):
        said = ("other", FOR_A_CHANGE) if at == 1 else ("agree", "")
        with clock.at(clock.at_time(_working(today, -1), 8 + at, 15)):
            if at == 2:
                _noted(secretary, row, voice, said)
            else:
                opining.answer_by_link(voice=voice, data=_answer(row, said))


def _closed(secretary: User, host: Organization, today: date) -> None:
    """All answered but one; the result is issued today."""
    with clock.at(clock.at_time(_working(today, -9), 9)):
        row = _issue(
            secretary, host,
            ConsultationInput(
                title="Thời gian tổ chức Hội nghị trao đổi kinh nghiệm hoạt động HĐND hai cấp",
                audience=Audience.MEMBERS, members_of=host, deadline=_working(today, -3), rule_basis=BASIS,
                questions=["Tổ chức Hội nghị trong tháng sau tại phường Tân Hòa"],
            ),
        )  # fmt: skip
    voices = list(row.voices.order_by("pk"))
    for at, voice in enumerate(voices[:-1]):
        said = ("disagree", "Trùng đợt tiếp xúc cử tri, đề nghị lùi hai tuần.") if at == 3 else ("agree", "")
        with clock.at(clock.at_time(_working(today, -7), 8 + at)):
            opining.answer_by_link(voice=voice, data=_answer(row, said))
    row = consulting.close_consultation(actor=secretary, consultation=row)
    consulting.issue_result(actor=secretary, consultation=row, doc_type=DocumentType.NOTICE)


def _bodies(secretary: User, host: Organization, today: date) -> None:
    """UBND has not answered yet, the Front has."""
    bodies = list(Organization.objects.filter(code__in=["UBND", "MTTQ", "DDBQH", "SXD"]).order_by("code"))
    with clock.at(clock.at_time(_working(today, -1), 10)):
        row = _issue(
            secretary, host,
            ConsultationInput(
                title="Dự thảo Quy chế tiếp công dân của đại biểu HĐND tỉnh", audience=Audience.BODIES, bodies=bodies,
                deadline=_working(today, 7), questions=["Nội dung dự thảo Quy chế", "Thời điểm ban hành trong quý này"],
            ),
        )  # fmt: skip
    voice = row.voices.filter(organization__code="MTTQ").first()
    if voice:
        with clock.at(clock.at_time(_working(today, -1), 16)):
            data = _answer(row, ("agree", ""), by="Phùng Thị Lan, chuyên viên")
            opining.answer_by_link(voice=voice, data=data)


def _issue(secretary: User, host: Organization, data: ConsultationInput) -> Consultation:
    row = consultation_planning.plan_consultation(actor=secretary, organization=host, data=data)
    consultation_planning.add_paper(
        actor=secretary,
        consultation=row,
        title="Dự thảo và tờ trình",
        file_name="du-thao.pdf",
        content=_pdf(row),
    )
    consulting.open_consultation(actor=secretary, consultation=row)
    row.refresh_from_db()
    return row


def _answer(row: Consultation, said: tuple[str, str], by: str = "") -> OpinionInput:
    """The opinion to the first question, agreement to the others."""
    questions = list(row.questions.all())
    opinions = {question.pk: said if question is questions[0] else ("agree", "") for question in questions}
    return OpinionInput(opinions, answered_by=by)


def _noted(secretary: User, row: Consultation, voice: ConsultationVoice, said: tuple[str, str]) -> None:
    data = OpinionInput(_answer(row, said).opinions, channel=OpinionChannel.PHONE, note="Gọi về Văn phòng")
    opining.note_answer(actor=secretary, voice=voice, data=data)


def _working(today: date, days: int) -> date:
    """The working day that many working days from the day."""
    day, step = today, 1 if days > 0 else -1
    left = abs(days)
    while left:
        day += timedelta(days=step)
        left -= is_working_day(day)
    return day


def _pdf(row: Consultation) -> bytes:
    """A page that says what it is for."""
    return paper_pdf(
        Paper(
            name="Dự thảo",
            letterhead=Letterhead(("HỘI ĐỒNG NHÂN DÂN", "TỈNH VĨNH GIANG")),
            title=DocTitle("Dự thảo", (row.title,)),
            blocks=(Paragraph(text("Tài liệu minh họa, không có nội dung thật.")),),
        )
    )
