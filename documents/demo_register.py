"""The demo's registers: numbers kept and given up, a joint paper, what arrived and how far it is. All fictional."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from coordination.law.working_days import is_working_day
from councils.models import Organization, User
from councils.queries import members_on
from documents.heading import letterhead, signatory
from documents.models import Document, IncomingDocument, Series
from documents.paper.html import paper_pdf
from documents.paper.model import DocTitle, Paper, Paragraph, text
from documents.queries.incoming import waiting_papers
from documents.services import incoming, issuer_of, register_paper, reserve_numbers, void_number
from documents.services.incoming import ArrivalInput, Handling
from documents.services.registering import PaperInput
from hdnd.lib import clock
from hdnd.lib.background import silenced

UNIT = "Phòng Công tác HĐND"


@dataclass(frozen=True)
class Arrival:
    """A paper that arrived `ago` days ago from the body of that code, or from outside the directory.

    Attributes:
        due: day it is to be settled by, in days from today.
        seat: whose place among the members handles it.
        result: what was done, on the day after it was handed on.
    """

    ago: int
    code: str
    author: str
    symbol: str
    doc_type: str
    subject: str
    unit: str = UNIT
    seat: int | None = None
    due: int | None = None
    urgency: str = ""
    result: str = ""
    void: str = ""


ARRIVALS = (
    Arrival(24, "UBQH-KTTC", "", "318/UBKTTC15", "CV", "Về việc cung cấp số liệu phục vụ giám sát vốn đầu tư công", due=-10, result="Lưu, tổng hợp vào báo cáo quý"),
    Arrival(20, "MTTQ", "", "145/MTTQ-BTT", "CV", "Về việc phối hợp tổ chức tiếp xúc cử tri trước kỳ họp", seat=1, due=-4),
    Arrival(17, "UBND", "", "1412/UBND-TH", "CV", "Về việc cho ý kiến danh mục dự án chuyển tiếp", seat=4, due=-3, urgency="urgent"),
    Arrival(13, "", "Văn phòng Đoàn ĐBQH và HĐND tỉnh Bình Khê", "88/VP-HĐND", "CV", "Về việc trao đổi kinh nghiệm giám sát chuyên đề", void="Vào sổ trùng với bản gửi qua thư điện tử"),
    Arrival(10, "SXD", "", "2203/SXD-QLĐT", "BC", "Báo cáo tiến độ lập quy hoạch phân khu trung tâm hành chính", seat=3, due=6),
    Arrival(3, "", "Công ty Cấp thoát nước Vĩnh Giang", "57/CTN-KT", "CV", "Kiến nghị điều chỉnh hành lang tuyến ống cấp nước", unit="", due=9),
)  # fmt: skip


def load_registers() -> int:
    """Plays the step once for the province's standing committee; returns how many lines of the books it made."""
    body = Organization.objects.filter(code="TTHDND").first()
    if body is None or IncomingDocument.objects.exists():
        return 0
    secretary = User.objects.get(username="thuky")
    with silenced():
        return _kept(secretary, body) + _joint(secretary) + _arrivals(secretary, body)


@contextmanager
def _days_ago(days: int) -> Iterator[date]:
    """A working morning some days ago."""
    day = clock.today() - timedelta(days=days)
    while not is_working_day(day):
        day -= timedelta(days=1)
    with clock.at(clock.at_time(day, 9, 15)):
        yield day


def _kept(secretary: User, body: Organization) -> int:
    """Two numbers kept for resolutions made elsewhere, one of them given up."""
    with _days_ago(12):
        lines = reserve_numbers(
            actor=secretary, organization=body, doc_type="NQ", count=2,
            purpose="Nghị quyết về kế hoạch đầu tư công năm sau",
        )  # fmt: skip
    with _days_ago(5):
        void_number(actor=secretary, line=lines[1], reason="Hai nghị quyết nhập làm một khi thẩm tra")
    return len(lines)


def _joint(secretary: User) -> int:
    """A coordination regulation of three bodies; the book of that type had come to 68 on paper."""
    council = Organization.objects.get(code="HDND")
    others = sorted(
        Organization.objects.filter(code__in=["UBND", "MTTQ"]), key=lambda body: body.code == "MTTQ"
    )
    with _days_ago(9) as day:
        Series.objects.get_or_create(
            issuer=issuer_of(council).book, doc_type="QCPH", is_legal=False, year=day.year, defaults={"last_number": 68}
        )  # fmt: skip
        paper = _paper(
            council, "Quy chế phối hợp", "Phối hợp công tác giữa HĐND, UBND và Ủy ban MTTQ tỉnh", day
        )
        register_paper(actor=secretary, organization=council, doc_type="QCPH", co_issuers=others, paper=paper)
    return 1


def _arrivals(secretary: User, body: Organization) -> int:
    """Papers from outside, then one that a body of the system sent, taken in as it is."""
    bodies = {one.code: one for one in Organization.objects.filter(code__in=[one.code for one in ARRIVALS])}
    for arrival in ARRIVALS:
        line = _arrived(secretary, body, arrival, bodies.get(arrival.code))
        if arrival.void:
            incoming.void_arrival(actor=secretary, line=line, reason=arrival.void)
        elif arrival.result:
            _settle(secretary, line, arrival)
        elif arrival.code == "MTTQ":
            _answer(secretary, body, line)
    sent = waiting_papers(secretary).filter(addressees=body).order_by("-issued_on", "-pk").first()
    if sent:
        incoming.take_in(actor=secretary, organization=body, document=sent)
    return len(ARRIVALS) + bool(sent)


def _arrived(
    secretary: User, body: Organization, arrival: Arrival, author: Organization | None
) -> IncomingDocument:
    due = clock.today() + timedelta(days=arrival.due) if arrival.due is not None else None
    with _days_ago(arrival.ago) as day:
        seats = list(members_on(body, day)) if arrival.seat is not None else []
        handler = (
            seats[arrival.seat].person if arrival.seat is not None and arrival.seat < len(seats) else None
        )
        paper = ArrivalInput(
            arrived_on=day, author_body=author, author=arrival.author, symbol=arrival.symbol, doc_type=arrival.doc_type,
            dated_on=day - timedelta(days=2), subject=arrival.subject, urgency=arrival.urgency,
        )  # fmt: skip
        return incoming.register_arrival(
            actor=secretary, organization=body, arrival=paper, handling=Handling(arrival.unit, handler, due_on=due)
        )  # fmt: skip


def _settle(secretary: User, line: IncomingDocument, arrival: Arrival) -> None:
    with _days_ago(arrival.ago - 7) as day:
        incoming.settle_arrival(actor=secretary, line=line, done_on=day, result=arrival.result)


def _answer(secretary: User, body: Organization, line: IncomingDocument) -> None:
    """Our letter of some days later, in the outgoing register."""
    with _days_ago(6) as day:
        paper = _paper(body, "Công văn", "Phối hợp tổ chức tiếp xúc cử tri trước kỳ họp", day)
        answer: Document = register_paper(actor=secretary, organization=body, doc_type="CV", paper=paper)
        incoming.settle_arrival(actor=secretary, line=line, done_on=day, answer=answer)


def _paper(body: Organization, kind: str, subject: str, day: date) -> PaperInput:
    """A signed paper made elsewhere: one page that says what it is."""
    issuer = issuer_of(body)
    signed = signatory(issuer, body, day)
    page = Paper(
        name=subject,
        letterhead=letterhead(issuer),
        title=DocTitle(kind, (subject,)),
        blocks=(Paragraph(text(f"{kind} minh họa: {subject}.")),),
        signature=signed.block,
    )
    return PaperInput(
        subject=subject, signer_name=signed.name, signer_title=signed.title, issued_on=day, file_name="van-ban.pdf",
        content=paper_pdf(page), recipients=["Như trên", "Lưu: VT"], copies=12,
    )  # fmt: skip
