"""The incoming book: numbers, what is refused, duplicates, who handles, what came of it."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from documents.choices import IncomingState
from documents.law.incoming import due_note, progress, state
from documents.models import Document, IncomingBook, IncomingDocument, Issuer
from documents.queries.incoming import visible_arrivals, waiting_papers
from documents.services import incoming as services
from documents.services import issue
from documents.services.incoming import ArrivalInput, DuplicatePaper, Handling
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.ledger import entries, everything, refused, verbs

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
TODAY = NOW.date()
PAPER = ArrivalInput(
    arrived_on=TODAY, subject="Về cung cấp số liệu đầu tư công", author="Ủy ban Kinh tế và Tài chính của Quốc hội",
    symbol="412/UBKTTC15", dated_on=date(2026, 6, 10), doc_type="CV",
)  # fmt: skip
REASON = "Vào sổ nhầm văn bản"
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def office(cast: Cast, set_clock: Clock) -> None:
    set_clock(NOW)
    keeper = Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )
    for code, book in (("HDND", keeper), ("UBND", None), ("X01-TT", None)):
        Issuer.objects.create(
            organization=cast.world[code], name_lines=code, place="Vĩnh Giang", symbol_body=code, register_of=book
        )  # fmt: skip


def entered(cast: Cast, paper: ArrivalInput = PAPER, body: str = "TTHDND", **values: Any) -> IncomingDocument:
    values = {"actor": cast.secretary, "arrival": paper, **values}
    return services.register_arrival(organization=cast.world[body], **values)


def sent(cast: Cast, *codes: str) -> Document:
    """A paper of UBND to the bodies named."""
    return issue(
        actor=cast.partner, organization=cast.world["UBND"], doc_type="BC", subject="Báo cáo đầu tư công",
        signer_name="Đặng Hữu Phước", signer_title="CHỦ TỊCH", recipients=["Như trên"],
        addressees=[cast.world[code] for code in codes], render=lambda issuer, taken: BLANK,
    )  # fmt: skip


# ---- law --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voided", "done", "handed", "due", "stands"),
    [
        (False, None, None, None, "waiting"),
        (False, None, TODAY, None, "handling"),
        (False, None, TODAY, TODAY, "handling"),
        (False, None, TODAY, date(2026, 6, 14), "overdue"),
        (False, None, None, date(2026, 6, 14), "overdue"),
        (False, TODAY, TODAY, date(2026, 6, 14), "done"),
        (True, None, TODAY, date(2026, 6, 14), "void"),
    ],
)
def test_where_a_paper_stands(
    voided: bool, done: date | None, handed: date | None, due: date | None, stands: str
) -> None:
    assert state(voided=voided, done_on=done, handed_on=handed, due_on=due, today=TODAY) == stands


@pytest.mark.parametrize(
    ("done", "handed", "due", "words"),
    [
        (None, None, None, "Chờ xử lý"),
        (None, TODAY, date(2026, 6, 20), "Đang xử lý"),
        (None, TODAY, date(2026, 6, 12), "Đang xử lý, quá 3 ngày"),
        (TODAY, TODAY, date(2026, 6, 15), "Đã xử lý 15/06/2026"),
        (TODAY, TODAY, date(2026, 6, 12), "Đã xử lý 15/06/2026, muộn 3 ngày"),
    ],
)
def test_progress_in_words(done: date | None, handed: date | None, due: date | None, words: str) -> None:
    assert progress(done_on=done, handed_on=handed, due_on=due, today=TODAY) == words


@pytest.mark.parametrize(
    ("due", "exceptions", "note"),
    [
        (date(2026, 6, 19), {}, ""),
        (date(2026, 6, 21), {}, "Chủ nhật, 21/06/2026 là ngày nghỉ (Chủ nhật); ngày làm việc cuối cùng trong hạn là thứ Sáu, 19/06/2026."),
        (date(2026, 6, 20), {date(2026, 6, 20): (True, "làm bù")}, ""),
    ],
)  # fmt: skip
def test_a_due_day_off_is_explained(due: date, exceptions: Any, note: str) -> None:
    assert due_note(due, exceptions) == note


def test_states_in_sql_are_those_of_the_law(cast: Cast) -> None:
    days = (None, date(2026, 6, 14), TODAY)
    for voided, done, handed, due in itertools.product(("", REASON), (None, TODAY), (None, TODAY), days):
        line = entered(cast, is_another=True)
        IncomingDocument.objects.filter(pk=line.pk).update(
            voided_because=voided, done_on=done, handed_on=handed, due_on=due
        )
    for wanted in IncomingState:
        found = set(IncomingDocument.objects.in_state(wanted, TODAY))
        assert found == {one for one in IncomingDocument.objects.all() if one.state_on(TODAY) == wanted}
        assert found


# ---- entering ---------------------------------------------------------------------------------------------


def test_entered_under_the_next_number_with_its_scan(cast: Cast) -> None:
    line = entered(cast, replace(PAPER, file_name="cv.pdf", content=BLANK))
    other = entered(cast, replace(PAPER, symbol="413/UBKTTC15"), body="HDND")
    assert [(one.number, one.book.organization.code, one.book.year) for one in (line, other)] == [
        (1, "TTHDND", 2026), (2, "TTHDND", 2026),
    ]  # fmt: skip
    assert (files.read(line.file), line.file_name) == (BLANK, "cv.pdf")
    assert (
        line.paper_line
        == "Công văn 412/UBKTTC15 ngày 10/06/2026 của Ủy ban Kinh tế và Tài chính của Quốc hội"
    )
    (entry,) = entries(line)
    assert (entry.verb, entry.actor, entry.changes) == (
        "documents.incoming.registered", cast.secretary, {"number": 1},
    )  # fmt: skip


def test_each_year_begins_anew_and_an_old_paper_goes_into_its_year(cast: Cast, set_clock: Clock) -> None:
    entered(cast)
    set_clock(datetime(2027, 1, 4, 8, 0, tzinfo=clock.VIETNAM))
    new = entered(cast, replace(PAPER, arrived_on=date(2027, 1, 4), symbol="1/X"))
    old = entered(cast, replace(PAPER, arrived_on=date(2026, 12, 31), symbol="2/X"))
    assert [(one.book.year, one.number) for one in (new, old)] == [(2027, 1), (2026, 2)]
    with refused(DomainError, field="arrived_on"):
        services.change_arrival(
            actor=cast.secretary, line=new, arrival=replace(PAPER, arrived_on=date(2026, 12, 31))
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"arrived_on": date(2026, 6, 16)}, "arrived_on"),
        ({"dated_on": date(2026, 6, 16)}, "dated_on"),
        ({"author": " "}, "author"),
        ({"file_name": "cv.pdf", "content": b"MZ\x90"}, "file"),
    ],
)
def test_what_can_t_be_is_refused_and_takes_no_number(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    entered(cast, replace(PAPER, symbol="1/X"))
    with refused(DomainError, field=field):
        entered(cast, replace(PAPER, **wrong))


def test_a_subject_that_is_too_long_is_refused(cast: Cast) -> None:
    entered(cast, replace(PAPER, symbol="1/X"))
    with refused(ValidationError):
        entered(cast, replace(PAPER, subject="x" * 1001))


def test_only_the_keeper_s_office_enters(cast: Cast) -> None:
    for other in (cast.leader, cast.delegate, cast.partner, cast.agency, cast.outsider, cast.admin):
        with refused(PermissionDenied):
            entered(cast, actor=other)
    line = entered(cast)
    assert list(visible_arrivals(cast.leader)) == [line]
    assert [list(visible_arrivals(other)) for other in (cast.partner, cast.outsider, cast.admin)] == [
        [],
        [],
        [],
    ]


def test_the_same_paper_twice_is_told_and_may_be_another(cast: Cast) -> None:
    first = entered(cast)
    again = replace(PAPER, author="ỦY BAN KINH TẾ VÀ TÀI CHÍNH CỦA QUỐC HỘI", symbol=" 412/ubkttc15 ")
    with refused(DuplicatePaper, field="symbol") as caught:
        entered(cast, again)
    assert caught.value.twin == first
    assert entered(cast, again, is_another=True).number == 2
    for differs in (
        {"symbol": "412/UBKTTC14"},
        {"author": "Văn phòng Quốc hội"},
        {"dated_on": date(2026, 6, 9)},
        {"symbol": ""},
    ):
        entered(cast, replace(PAPER, **differs))
    services.void_arrival(actor=cast.secretary, line=first, reason=REASON)


def test_the_office_that_counts_on_begins_where_it_stopped(cast: Cast) -> None:
    IncomingBook.objects.create(organization=cast.world["TTHDND"], year=2026, last_number=214)
    assert entered(cast).number_text == "215"


# ---- sent within the system --------------------------------------------------------------------------------


def test_a_paper_of_this_system_is_taken_in_with_all_that_is_known(cast: Cast) -> None:
    paper = sent(cast, "HDND", "SXD")
    assert list(waiting_papers(cast.secretary)) == [paper]
    line = services.take_in(actor=cast.secretary, organization=cast.world["HDND"], document=paper)
    assert (line.number, line.author, line.author_body, line.symbol, line.dated_on, line.doc_type, line.subject) == (
        1, "Ủy ban nhân dân tỉnh Vĩnh Giang", cast.world["UBND"], "01/BC-UBND", TODAY, "BC", "Báo cáo đầu tư công",
    )  # fmt: skip
    assert (line.source, line.file, line.book.organization) == (paper, paper.file, cast.world["TTHDND"])
    assert list(waiting_papers(cast.secretary)) == []
    with refused(DuplicatePaper):
        services.take_in(actor=cast.secretary, organization=cast.world["HDND"], document=paper)
    services.void_arrival(actor=cast.secretary, line=line, reason=REASON)
    assert list(waiting_papers(cast.secretary)) == [paper]


def test_what_was_sent_to_others_or_by_oneself_does_not_wait(cast: Cast) -> None:
    paper = sent(cast, "SXD", "X01-TT")
    assert list(waiting_papers(cast.secretary)) == []
    assert list(waiting_papers(cast.partner)) == []
    assert list(waiting_papers(cast.outsider)) == [paper]
    with refused(DomainError):
        services.take_in(actor=cast.secretary, organization=cast.world["TTHDND"], document=paper)


# ---- handing on, settling, striking out --------------------------------------------------------------------


def test_handed_on_with_a_day(cast: Cast) -> None:
    line = entered(cast)
    handling = Handling("Phòng Công tác HĐND", cast.world.people["P02"], due_on=date(2026, 6, 20))
    line = services.hand_on(actor=cast.secretary, line=line, handling=handling)
    assert (line.receiver, line.handed_on, line.due_on) == (
        "Phòng Công tác HĐND; Trần Thị Hải Yến", TODAY, date(2026, 6, 20),
    )  # fmt: skip
    assert line.state_on(TODAY) == "handling"
    assert entries(line)[-1].changes["unit"] == ["", "Phòng Công tác HĐND"]


@pytest.mark.parametrize(
    ("handling", "field"),
    [
        (Handling(due_on=TODAY), "unit"),
        (Handling("Phòng", due_on=date(2026, 6, 14)), "due_on"),
        (Handling("Phòng", handed_on=date(2026, 6, 16)), "handed_on"),
        (Handling("Phòng", handed_on=date(2026, 6, 14)), "handed_on"),
    ],
)
def test_a_hand_over_that_can_t_be(cast: Cast, handling: Handling, field: str) -> None:
    line = entered(cast)
    with refused(DomainError, field=field):
        services.hand_on(actor=cast.secretary, line=line, handling=handling)


def test_a_person_of_another_body_does_not_handle_it(cast: Cast) -> None:
    line = entered(cast)
    stranger = cast.world.people["P21"]
    with refused(DomainError, field="handler"):
        services.hand_on(actor=cast.secretary, line=line, handling=Handling(handler=stranger))


def test_settled_by_an_answer_or_by_what_was_done_and_reopened(cast: Cast) -> None:
    line = entered(cast)
    answer = issue(
        actor=cast.secretary, organization=cast.world["HDND"], doc_type="CV", subject="Trả lời", signer_name="A",
        signer_title="B", recipients=[], render=lambda issuer, taken: BLANK,
    )  # fmt: skip
    line = services.settle_arrival(actor=cast.secretary, line=line, done_on=TODAY, answer=answer)
    assert (line.state_on(TODAY), line.answer) == ("done", answer)
    with refused(DomainError):
        services.hand_on(actor=cast.secretary, line=line, handling=Handling("Phòng"))
    line = services.reopen_arrival(actor=cast.secretary, line=line)
    assert (line.state_on(TODAY), line.answer) == ("waiting", None)
    services.settle_arrival(actor=cast.secretary, line=line, done_on=TODAY, result="Lưu để biết")
    assert verbs(line) == [
        f"documents.incoming.{verb}" for verb in ("registered", "settled", "reopened", "settled")
    ]


def test_what_does_not_settle(cast: Cast) -> None:
    line, foreign = entered(cast), sent(cast, "TTHDND")
    for values, field in (
        ({"done_on": TODAY}, "result"),
        ({"done_on": date(2026, 6, 14), "result": "Lưu"}, "done_on"),
        ({"done_on": date(2026, 6, 16), "result": "Lưu"}, "done_on"),
        ({"done_on": TODAY, "answer": foreign}, "answer"),
    ):
        with refused(DomainError, field=field):
            services.settle_arrival(actor=cast.secretary, line=line, **values)  # type: ignore[arg-type]


def test_struck_out_it_keeps_its_number(cast: Cast) -> None:
    line = entered(cast)
    with refused(DomainError, field="reason"):
        services.void_arrival(actor=cast.secretary, line=line, reason="Nhầm")
    line = services.void_arrival(actor=cast.secretary, line=line, reason=REASON)
    assert (line.state_on(TODAY), entered(cast).number) == ("void", 2)
    before = everything()
    for verb in (
        lambda: services.change_arrival(actor=cast.secretary, line=line, arrival=PAPER),
        lambda: services.void_arrival(actor=cast.secretary, line=line, reason=REASON),
        lambda: services.settle_arrival(actor=cast.secretary, line=line, done_on=TODAY, result="Lưu"),
    ):
        with pytest.raises(DomainError):
            verb()
    assert everything() == before


def test_corrected_the_number_stays(cast: Cast) -> None:
    line = entered(cast, replace(PAPER, file_name="cv.pdf", content=BLANK))
    done = services.change_arrival(
        actor=cast.secretary, line=line, arrival=replace(PAPER, subject="Về số liệu")
    )
    assert (done.number, done.subject, done.file) == (1, "Về số liệu", line.file)
    assert entries(done)[-1].changes == {"subject": [PAPER.subject, "Về số liệu"]}
