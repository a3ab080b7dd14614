"""Opinions: by link, in the app, noted by the secretary; late, twice, without a seat. Reminding those who are silent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from councils.models import Membership
from documents.models import Consultation
from documents.queries.consultations import awaiting
from documents.queries.tallies import count_of
from documents.services import consultation_mails, consulting, opining
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from tests import factories as make
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.consulting import FRIDAY, MONDAY, answer, bodies, on, opened, says, voice
from tests.ledger import refused


@pytest.fixture(autouse=True)
def tuesday(set_clock: Callable[[datetime], None]) -> None:
    set_clock(on(16))


@pytest.fixture
def row(cast: Cast) -> Consultation:
    """TTHDND asks its seven members; more than half carries."""
    return opened(cast)


def agreed(row: Consultation, question: int = 0) -> int:
    return count_of(row).questions[question].tally.agree


class TestAnswering:
    def test_by_link_is_kept_with_its_words(self, row: Consultation) -> None:
        made = answer(row, "P02", "agree", "other", at=on(17), text="Thêm Ban Kinh tế")
        assert [(one.opinion, one.text) for one in made.opinions.all()] == [
            ("agree", ""),
            ("other", "Thêm Ban Kinh tế"),
        ]
        assert (made.channel, made.answered_by, made.given_at, made.recorded_by) == (
            "link", "Trần Thị Hải Yến", on(17), None,
        )  # fmt: skip
        entry = Entry.objects.get(verb="documents.consultation.answered")
        assert (entry.actor_name, entry.changes["opinions"]) == (
            "Trần Thị Hải Yến",
            ["Đồng ý", "Ý kiến khác"],
        )

    def test_twice_the_last_stands_and_both_are_kept(self, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(16))
        answer(row, "P01", "disagree", at=on(17))
        [found] = [one for one in count_of(row).rows if one.answers]
        assert (len(found.answers), found.counted, agreed(row)) == (2, found.answers[1], 0)

    def test_late_is_marked_and_does_not_count(self, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(20, 0))
        count = count_of(row)
        assert (count.late, count.counted, agreed(row)) == (1, 0, 0)
        assert Entry.objects.get(verb="documents.consultation.answered").changes["late"] is True

    def test_late_counts_where_it_was_so_said(self, cast: Cast) -> None:
        row = opened(cast, counts_late=True)
        answer(row, "P01", "agree", at=on(20))
        assert agreed(row) == 1

    def test_a_late_change_does_not_undo_what_was_said_in_time(self, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(19, 23))
        answer(row, "P01", "disagree", at=on(20))
        count = count_of(row)
        assert (count.late, count.counted, agreed(row)) == (1, 1, 1)

    @pytest.mark.parametrize("said", [("agree",), ("agree", "perhaps")])
    def test_every_question_needs_an_opinion(self, row: Consultation, said: tuple[str, ...]) -> None:
        questions = list(row.questions.all())
        data = opining.OpinionInput(
            {one.pk: (words, "") for one, words in zip(questions, said, strict=False)}
        )
        with refused(DomainError, field=f"opinion_{questions[1].pk}"):
            opining.answer_by_link(voice=voice(row, "P01"), data=data)

    def test_another_opinion_needs_words(self, row: Consultation) -> None:
        first = row.questions.get(position=1)
        with refused(DomainError, field=f"text_{first.pk}"):
            opining.answer_by_link(voice=voice(row, "P01"), data=says(row, "other", "agree", text="  "))

    def test_whose_membership_ended_gives_none_and_what_they_said_is_not_counted(
        self, cast: Cast, row: Consultation
    ) -> None:
        answer(row, "P06", "agree", at=on(16))
        assert agreed(row) == 1
        seat = Membership.objects.get(person__code="P06", organization=cast.world["TTHDND"])
        seat.valid_to = FRIDAY - timedelta(days=1)
        seat.save()
        count = count_of(row)
        assert (count.voices, count.questions[0].tally.members, agreed(row)) == (6, 6, 0)
        assert [one.voice.name for one in count.rows if not one.has_voice] == ["Đỗ Thị Thu Hiền"]
        with refused(DomainError) as caught:
            opining.answer_by_link(voice=voice(row, "P06"), data=says(row, "agree"))
        assert "không còn là thành viên" in caught.value.message

    def test_none_is_taken_once_it_is_closed(self, cast: Cast, row: Consultation) -> None:
        with clock.at(on(20)):
            consulting.close_consultation(actor=cast.secretary, consultation=row)
            with refused(DomainError):
                opining.answer_by_link(voice=voice(row, "P01"), data=says(row, "agree"))

    def test_in_the_app_only_with_the_own_voice(self, cast: Cast, row: Consultation) -> None:
        opining.answer_in_app(actor=cast.leader, voice=voice(row, "P01"), data=says(row, "agree"))
        assert agreed(row) == 1
        for user in (cast.leader, cast.secretary, cast.delegate, cast.partner):
            with refused(PermissionDenied):
                opining.answer_in_app(actor=user, voice=voice(row, "P02"), data=says(row, "agree"))

    def test_a_body_is_answered_for_by_its_own_and_names_who(self, cast: Cast) -> None:
        row = bodies(cast)
        ubnd = voice(row, "UBND")
        made = opining.answer_in_app(actor=cast.partner, voice=ubnd, data=says(row, "agree"))
        assert made.answered_by == "Đặng Minh Châu"
        with refused(PermissionDenied):
            opining.answer_in_app(actor=cast.outsider, voice=ubnd, data=says(row, "agree"))
        with refused(DomainError, field="answered_by"):
            opining.answer_by_link(voice=ubnd, data=says(row, "agree"))


class TestNoting:
    def test_a_telephone_call_when_it_was_made(self, cast: Cast, row: Consultation) -> None:
        data = says(row, "agree", channel="phone", given_at=on(15, 14), note="Gọi lúc đầu giờ chiều")
        made = opining.note_answer(actor=cast.secretary, voice=voice(row, "P07"), data=data)
        assert (made.given_at, made.recorded_at, made.recorded_by) == (on(15, 14), on(16), cast.secretary)

    def test_paper_comes_with_its_scan(self, cast: Cast, row: Consultation) -> None:
        given: dict[str, Any] = {"channel": "paper", "given_at": on(16, 9)}
        paper = voice(row, "P07")
        with refused(DomainError, field="file"):
            opining.note_answer(actor=cast.secretary, voice=paper, data=says(row, "agree", **given))
        with refused(DomainError, field="file"):
            data = says(row, "agree", **given, scan=b"MZ", scan_name="a.pdf")
            opining.note_answer(actor=cast.secretary, voice=paper, data=data)
        data = says(row, "agree", **given, scan=BLANK, scan_name="phieu.pdf")
        assert opining.note_answer(actor=cast.secretary, voice=paper, data=data).scan.endswith(".pdf")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"given_at": on(16, 11)}, "given_at"),
            ({"given_at": MONDAY - timedelta(hours=1)}, "given_at"),
            ({"channel": "link"}, "channel"),
        ],
    )
    def test_refuses(self, cast: Cast, row: Consultation, changes: dict[str, Any], field: str) -> None:
        data = says(row, "agree", **{"channel": "phone", **changes})
        with refused(DomainError, field=field):
            opining.note_answer(actor=cast.secretary, voice=voice(row, "P07"), data=data)

    def test_is_the_secretariats(self, cast: Cast, row: Consultation) -> None:
        for user in (cast.leader, cast.delegate, cast.outsider):
            with refused(PermissionDenied):
                opining.note_answer(
                    actor=user, voice=voice(row, "P07"), data=says(row, "agree", channel="phone")
                )


class TestReminding:
    def test_by_hand_the_silent_once_a_day(self, cast: Cast, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(16))
        told = consultation_mails.remind_now(actor=cast.secretary, consultation=row)
        assert sorted(message.to for message in told.messages) == [f"p0{n}@hdnd.test" for n in range(2, 7)]
        with refused(DomainError):
            consultation_mails.remind_now(actor=cast.secretary, consultation=row)

    def test_by_rule_two_working_days_before_and_once(self, row: Consultation) -> None:
        answer(row, "P01", "agree", at=on(16))
        sent = {}
        for day in (16, 17, 18, 19, 20, 22):
            with clock.at(on(day)):
                sent[day] = len(consultation_mails.send_reminders())
        assert sent == {16: 0, 17: 5, 18: 0, 19: 0, 20: 0, 22: 0}

    def test_a_missed_day_is_made_up_and_who_was_reminded_by_hand_is_left_alone(
        self, cast: Cast, row: Consultation
    ) -> None:
        with clock.at(on(17)):
            consultation_mails.remind_now(actor=cast.secretary, consultation=row)
        late = make.person("Mới", code="P50", email="p50@hdnd.test")
        make.membership(late, cast.world["TTHDND"], "Ủy viên")
        row.voices.create(person=late, nonce="x")
        with clock.at(on(18)):
            assert [message.to for message in consultation_mails.send_reminders()] == ["p50@hdnd.test"]

    def test_not_without_a_rule_nor_on_a_day_off(self, cast: Cast) -> None:
        opened(cast, remind_before=None)
        with clock.at(on(17)):
            assert consultation_mails.send_reminders() == []
        Consultation.objects.update(remind_before=2, deadline=on(21).date())  # a Sunday
        with clock.at(on(20)):
            assert consultation_mails.send_reminders() == []

    def test_not_on_the_very_day_the_form_went_out(self, cast: Cast) -> None:
        opened(cast, deadline=on(16).date())
        with clock.at(MONDAY):
            assert consultation_mails.send_reminders() == []
        assert Message.objects.count() == 6


class TestWaiting:
    def test_the_own_voice_waits_until_it_answered(self, cast: Cast, row: Consultation) -> None:
        assert [one.person for one in awaiting(cast.leader)] == [cast.world.people["P01"]]
        assert not awaiting(cast.delegate).exists()
        answer(row, "P01", "agree", at=on(16))
        assert not awaiting(cast.leader).exists()

    def test_a_bodys_waits_for_those_who_answer_for_it(self, cast: Cast) -> None:
        bodies(cast)
        found = {
            part: awaiting(getattr(cast, part)).count()
            for part in ("partner", "secretary", "agency", "outsider")
        }
        assert found == {"partner": 1, "secretary": 0, "agency": 0, "outsider": 0}
