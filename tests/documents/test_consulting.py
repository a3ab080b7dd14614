"""A consultation from its draft to its result: rows, audit, mails; and that a refusal leaves nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from councils.models import Membership
from documents.models import Consultation, Document
from documents.queries.tallies import count_of
from documents.services import consultation_planning, consulting
from documents.services.consultation_mails import token_for, voice_of
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.outbox.models import Message
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents import consulting as stage
from tests.documents.consulting import FRIDAY, MONDAY, answer, asks, bodies, draft, on, opened, voice
from tests.ledger import refused, verbs

MEMBERS = ("P01", "P02", "P03", "P04", "P05", "P06", "P07")


@pytest.fixture(autouse=True)
def monday(set_clock: Callable[[datetime], None]) -> None:
    set_clock(MONDAY)


def tallies(row: Consultation) -> list[tuple[int, int, int, int, bool]]:
    """Per question: voices, agree, disagree, other, passed."""
    return [
        (one.tally.members, one.tally.agree, one.tally.disagree, one.tally.other, one.tally.passed)
        for one in count_of(row).questions
    ]


class TestDraft:
    def test_is_written_and_told_to_nobody(self, cast: Cast) -> None:
        row = draft(cast)
        assert [one.text for one in row.questions.all()] == list(stage.QUESTIONS)
        assert (row.state, row.deadline, row.voices.count(), Message.objects.count()) == (
            "draft",
            FRIDAY,
            0,
            0,
        )
        assert verbs(row) == ["documents.consultation.planned"]

    def test_is_the_secretariats(self, cast: Cast) -> None:
        for part in ("leader", "delegate", "partner", "outsider", "admin"):
            with refused(PermissionDenied):
                consultation_planning.plan_consultation(
                    actor=getattr(cast, part), organization=cast.world["TTHDND"], data=asks(cast)
                )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"questions": ["", "  "]}, "questions"),
            ({"questions": ["Một", "Một"]}, "questions"),
            ({"questions": ["x" * 1001]}, "questions"),
            ({"questions": [f"Câu {n}" for n in range(21)]}, "questions"),
            ({"deadline": MONDAY.date() - timedelta(days=1)}, "deadline"),
            ({"members_of": None}, "members_of"),
            ({"audience": "bodies", "bodies": []}, "bodies"),
        ],
    )
    def test_what_it_refuses(self, cast: Cast, changes: dict[str, Any], field: str) -> None:
        with refused(DomainError, field=field):
            draft(cast, **changes)

    def test_a_question_of_a_thousand_characters_is_taken(self, cast: Cast) -> None:
        row = draft(cast, questions=["x" * 1000])
        assert row.questions.get().text == "x" * 1000

    def test_a_title_too_long_is_refused_on_both_databases(self, cast: Cast) -> None:
        with refused(ValidationError):
            draft(cast, title="x" * 301)

    def test_a_deadline_on_a_day_off_moves_or_stays_as_chosen(self, cast: Cast) -> None:
        saturday, monday = date(2026, 6, 20), date(2026, 6, 22)
        assert draft(cast, deadline=saturday).deadline == monday
        assert draft(cast, deadline=saturday, day_off="keep").deadline == saturday

    def test_only_members_of_the_own_council_have_a_voice(self, cast: Cast) -> None:
        with refused(PermissionDenied):
            draft(cast, members_of=cast.world["X01-TT"])

    def test_bodies_never_vote(self, cast: Cast) -> None:
        assert draft(cast, audience="bodies", bodies=[cast.world["UBND"]]).rule == "collect"

    def test_two_who_edit_it_do_not_overwrite_each_other(self, cast: Cast) -> None:
        row = draft(cast)
        given = {"actor": cast.secretary, "consultation": row, "version": 1}
        consultation_planning.change_draft(**given, data=asks(cast, title="Bản của A"))
        with refused(StaleEdit):
            consultation_planning.change_draft(**given, data=asks(cast, title="Bản của B"))
        row.refresh_from_db()
        assert row.title == "Bản của A"

    def test_a_file_that_is_not_what_its_name_says_is_refused(self, cast: Cast) -> None:
        row = draft(cast)
        given: dict[str, Any] = {"actor": cast.secretary, "consultation": row, "title": "Dự thảo"}
        with refused(DomainError, field="file"):
            consultation_planning.add_paper(**given, file_name="a.pdf", content=b"MZ\x90")
        paper = consultation_planning.add_paper(**given, file_name="a.pdf", content=BLANK)
        consultation_planning.remove_paper(actor=cast.secretary, paper=paper)
        assert row.papers.count() == 0


class TestOpening:
    def test_numbers_the_form_and_mails_every_member_once(self, cast: Cast) -> None:
        stage.letterhead(cast)
        row = draft(cast)
        told = consulting.open_consultation(actor=cast.secretary, consultation=row)
        row.refresh_from_db()
        assert row.document is not None
        assert (row.state, row.document.symbol, row.opened_at) == ("waiting", "01/PLYK-HĐND", MONDAY)
        assert sorted(row.voices.values_list("person__code", flat=True)) == list(MEMBERS)
        assert sorted(message.to for message in told.messages) == [
            f"{c.lower()}@hdnd.test" for c in MEMBERS[:6]
        ]
        assert [one.name for one in told.unreachable] == ["Bùi Đức Đại"]
        message = told.messages[0]
        assert message.subject == f"Lấy ý kiến: {stage.TITLE}"
        assert token_for(voice(row, "P01")) in message.text
        assert [item["name"] for item in message.attachments] == ["01-PLYK-HĐND.pdf"]
        assert verbs(row)[-1] == "documents.consultation.opened"

    def test_asks_those_who_will_be_members_on_the_last_day(self, cast: Cast) -> None:
        seat = Membership.objects.get(person__code="P06", organization=cast.world["TTHDND"])
        seat.valid_to = FRIDAY - timedelta(days=1)
        seat.save()
        row = opened(cast)
        assert sorted(row.voices.values_list("person__code", flat=True)) == [c for c in MEMBERS if c != "P06"]

    def test_bodies_get_it_at_their_own_addresses_and_may_open_it(self, cast: Cast) -> None:
        make.contact(cast.world["UBND"], "vanthu@ubnd.test")
        row = bodies(cast)
        assert row.document is not None
        assert {body.code for body in row.document.addressees.all()} == {"UBND", "MTTQ"}
        assert row.document.recipients == [
            "Ủy ban nhân dân tỉnh Vĩnh Giang",
            "Ban Thường trực Ủy ban MTTQ tỉnh Vĩnh Giang",
        ]
        assert [message.to for message in Message.objects.all()] == ["vanthu@ubnd.test"]

    def test_refuses_a_second_time_a_past_deadline_and_nobody_to_ask(self, cast: Cast) -> None:
        row = opened(cast)
        with refused(DomainError):
            consulting.open_consultation(actor=cast.secretary, consultation=row)
        late = draft(cast)
        with clock.at(on(20)), refused(DomainError, field="deadline"):
            consulting.open_consultation(actor=cast.secretary, consultation=late)
        nobody = draft(cast, members_of=cast.world["BPC"])
        with refused(DomainError, field="members_of"):
            consulting.open_consultation(actor=cast.secretary, consultation=nobody)

    def test_without_a_letterhead_nothing_is_written(self, cast: Cast) -> None:
        row = draft(cast)
        with refused(DomainError):
            consulting.open_consultation(actor=cast.secretary, consultation=row)

    def test_afterwards_neither_questions_nor_files_change(self, cast: Cast) -> None:
        row = opened(cast)
        with refused(DomainError):
            consultation_planning.change_draft(
                actor=cast.secretary, consultation=row, data=asks(cast), version=1
            )
        with refused(DomainError):
            consultation_planning.add_paper(
                actor=cast.secretary, consultation=row, title="Thêm", file_name="a.pdf", content=BLANK
            )

    def test_a_link_opens_its_voice_only(self, cast: Cast) -> None:
        row = opened(cast)
        token = token_for(voice(row, "P01"))
        assert voice_of(token) == voice(row, "P01")
        for broken in ("", "x", token[:-2], f"{token}x"):
            assert voice_of(broken) is None
        row.voices.filter(person__code="P01").update(nonce="another")
        assert voice_of(token) is None


class TestMoreTime:
    def test_moves_the_day_and_tells_the_silent(self, cast: Cast) -> None:
        row = opened(cast)
        answer(row, "P01", "agree", at=on(16))
        told = consulting.extend_deadline(
            actor=cast.secretary, consultation=row, deadline=date(2026, 6, 26), reason="Chờ báo cáo bổ sung"
        )
        row.refresh_from_db()
        assert row.deadline == date(2026, 6, 26)
        assert sorted(message.to for message in told.messages) == [
            f"{c.lower()}@hdnd.test" for c in MEMBERS[1:6]
        ]
        entry = Entry.objects.filter(verb="documents.consultation.extended").get()
        assert entry.changes == {"deadline": ["2026-06-19", "2026-06-26"], "reason": "Chờ báo cáo bổ sung"}

    def test_makes_a_late_answer_one_in_time_and_gives_new_members_a_voice(self, cast: Cast) -> None:
        row = opened(cast)
        answer(row, "P01", "agree", at=on(20))
        joined = make.person("Mới", code="P50", email="p50@hdnd.test")
        make.membership(joined, cast.world["TTHDND"], "Ủy viên", valid_from=date(2026, 6, 22))
        assert tallies(row)[0] == (7, 0, 0, 0, False)
        with clock.at(on(21)):
            told = consulting.extend_deadline(
                actor=cast.secretary,
                consultation=row,
                deadline=date(2026, 6, 26),
                reason="Chờ báo cáo bổ sung",
            )
        row.refresh_from_db()
        assert tallies(row)[0] == (8, 1, 0, 0, False)
        assert told.messages[0].to == "p50@hdnd.test"

    @pytest.mark.parametrize(
        ("deadline", "reason", "field"),
        [
            (FRIDAY, "Chờ báo cáo bổ sung", "deadline"),
            (date(2026, 6, 18), "Chờ báo cáo bổ sung", "deadline"),
            (date(2026, 6, 26), "ngắn", "reason"),
        ],
    )
    def test_refuses(self, cast: Cast, deadline: date, reason: str, field: str) -> None:
        row = opened(cast)
        with refused(DomainError, field=field):
            consulting.extend_deadline(
                actor=cast.secretary, consultation=row, deadline=deadline, reason=reason, day_off="keep"
            )


class TestClosing:
    def test_waits_for_the_day_or_for_everybody(self, cast: Cast) -> None:
        row = opened(cast)
        for code in MEMBERS[:6]:
            answer(row, code, "agree", "disagree", at=on(16))
        with refused(DomainError) as caught:
            consulting.close_consultation(actor=cast.secretary, consultation=row)
        assert "còn 1 phiếu chưa trả lời" in caught.value.message
        with clock.at(on(20)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
        row.refresh_from_db()
        assert (row.state, tallies(row)) == ("done", [(7, 6, 0, 0, True), (7, 0, 6, 0, False)])

    def test_before_the_day_when_all_answered(self, cast: Cast) -> None:
        row = opened(cast)
        for code in MEMBERS:
            answer(row, code, "agree", at=on(16))
        consulting.close_consultation(actor=cast.secretary, consultation=row)

    def test_the_second_of_two_who_close_it_is_told_so(self, cast: Cast) -> None:
        row = opened(cast)
        with clock.at(on(20)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            with refused(DomainError) as caught:
                consulting.close_consultation(actor=cast.secretary, consultation=row)
        assert "đã kết thúc" in caught.value.message

    def test_is_the_secretariats(self, cast: Cast) -> None:
        row = opened(cast)
        for part in ("leader", "delegate", "outsider"):
            with clock.at(on(20)), refused(PermissionDenied):
                consulting.close_consultation(actor=getattr(cast, part), consultation=row)


class TestEnd:
    def test_calling_it_off_tells_all_why(self, cast: Cast) -> None:
        row = opened(cast)
        with refused(DomainError, field="reason"):
            consulting.cancel_consultation(actor=cast.secretary, consultation=row, reason="thôi")
        told = consulting.cancel_consultation(
            actor=cast.secretary, consultation=row, reason="Đưa ra phiên họp thứ 4"
        )
        row.refresh_from_db()
        assert (row.state, row.cancelled_because, len(told.messages)) == (
            "cancelled",
            "Đưa ra phiên họp thứ 4",
            6,
        )
        assert "Đưa ra phiên họp thứ 4" in told.messages[0].text
        assert "/y-kien/" not in told.messages[0].text
        with refused(DomainError):
            consulting.cancel_consultation(
                actor=cast.secretary, consultation=row, reason="Đưa ra phiên họp thứ 5"
            )

    def test_a_draft_is_dropped_in_silence(self, cast: Cast) -> None:
        row = draft(cast)
        told = consulting.cancel_consultation(
            actor=cast.secretary, consultation=row, reason="Không cần hỏi nữa"
        )
        assert told.messages == []

    def test_the_result_is_numbered_once_and_mailed(self, cast: Cast) -> None:
        row = opened(cast)
        with refused(DomainError):
            consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="TB")
        for code in MEMBERS[:4]:
            answer(row, code, "agree", at=on(16))
        with clock.at(on(22)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            with refused(DomainError, field="doc_type"):
                consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="NQ")
            told = consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="TB")
            with refused(DomainError):
                consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="BB")
        row.refresh_from_db()
        assert row.result is not None
        assert row.result.symbol == "01/TB-HĐND"
        assert row.result.subject.startswith(
            "Kết quả lấy ý kiến các thành viên Thường trực HĐND tỉnh Vĩnh Giang về dự thảo"
        )
        assert len(told.messages) == 6
        assert [item["name"] for item in told.messages[0].attachments] == ["01-TB-HĐND.pdf"]
        assert Document.objects.of(row).count() == 2

    def test_minutes_of_the_count_stay_in_the_house(self, cast: Cast) -> None:
        row = opened(cast)
        with clock.at(on(22)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            told = consulting.issue_result(actor=cast.secretary, consultation=row, doc_type="BB")
        row.refresh_from_db()
        assert row.result is not None
        assert (row.result.symbol, told.messages, row.result.addressees.count()) == ("01/BB-HĐND", [], 0)
