"""Whom to remind, and on which days: who presents, and which rule is the closest."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from councils.choices import RoleKind
from hdnd.lib import clock
from meetings.models import Meeting, ReminderRule
from tests import factories as make
from tests.cast import Cast
from tests.meetings import factories
from tests.meetings.reminding import THURSDAY, item, run, unanswered

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(office: Cast) -> Meeting:
    return unanswered(office)


class TestReaders:
    """Who gets the reminder of an item without paper."""

    @pytest.mark.parametrize(
        ("presenter", "codes", "reached"),
        [
            ("Giám đốc Sở Xây dựng", ("SXD", "UBND"), {"soxd@coquan.test"}),
            ("Giám đốc sở xây dựng", (), {"thuky@hdnd.test"}),  # neither concerned nor invited
            ("Chánh Văn phòng", ("UBND",), {"thuky@ubnd.test", "vanthu@ubnd.test"}),
            ("Chánh Văn phòng", ("SXD", "UBND"), {"thuky@hdnd.test"}),  # which of the two?
            (
                "",
                ("SXD", "UBND"),
                {"soxd@coquan.test", "thuky@ubnd.test", "vanthu@ubnd.test"},
            ),
            ("Ông Nguyễn Đình Lâm, Chủ tịch", ("SXD",), {"p01@hdnd.test"}),
            ("Phạm Văn Khải", ("SXD",), {"thuky@hdnd.test"}),  # a member without address
            ("Trưởng Ban Pháp chế", ("BPC",), {"thuky@hdnd.test"}),  # a body without address
            ("", (), {"thuky@hdnd.test"}),
        ],
    )
    def test_papers(self, office: Cast, presenter: str, codes: tuple[str, ...], reached: set[str]) -> None:
        make.contact(office.world["SXD"], "soxd@coquan.test")
        made = factories.meeting(office.world, items=0)
        item(made, *codes, cast=office, presenter=presenter)
        assert set(run(THURSDAY)) == reached

    @pytest.mark.parametrize("is_left_out", [False, True])
    def test_an_invited_body_that_the_agenda_names(self, office: Cast, is_left_out: bool) -> None:
        make.contact(office.world["SXD"], "soxd@coquan.test")
        made = factories.meeting(office.world, items=0)
        factories.invitation(made, office.world["SXD"], is_left_out=is_left_out, answer="accepted")
        item(made, cast=office, presenter="Giám đốc Sở Xây dựng")
        assert run(THURSDAY) == ["thuky@hdnd.test" if is_left_out else "soxd@coquan.test"]

    @pytest.mark.parametrize("kind", ["discussion", "questioning", "conclusion", "other"])
    def test_items_that_need_no_paper(self, office: Cast, kind: str) -> None:
        item(factories.meeting(office.world, items=0), "UBND", cast=office, kind=kind)
        assert run(THURSDAY) == []

    def test_all_accounts_of_the_secretariat(self, office: Cast) -> None:
        second = make.user("thuky2")
        make.role(second, RoleKind.SECRETARY, office.world["HDND"])
        make.role(make.user("cu"), RoleKind.SECRETARY, office.world["TTHDND"], valid_to=date(2026, 6, 1))
        item(factories.meeting(office.world, items=0), cast=office)
        assert run(THURSDAY) == ["thuky2@hdnd.test", "thuky@hdnd.test"]


class TestRules:
    @pytest.mark.parametrize(
        ("rows", "reached"),
        [
            ([], [24, 25]),
            ([{"event_kind": "standing_meeting", "days_before": [4]}], [22]),
            ([{"event_kind": "other", "days_before": [4]}], [24, 25]),
            ([{"event_kind": "standing_meeting", "is_active": False}], []),
            ([{"host": "HDND", "days_before": [3]}], [23]),
            ([{"host": "HDND", "days_before": [3]}, {"host": "TTHDND", "days_before": [1]}], [25]),
            ([{"host": "UBND", "days_before": [3]}], [24, 25]),
            (
                [
                    {"event_kind": "standing_meeting", "days_before": [4]},
                    {"host": "HDND", "days_before": [3]},
                ],
                [23],
            ),
        ],
    )
    def test_the_closest_counts(
        self, office: Cast, invited: Meeting, rows: list[dict[str, object]], reached: list[int]
    ) -> None:
        for row in rows:
            host = office.world[str(row["host"])] if "host" in row else None
            ReminderRule.objects.create(**{**row, "what": "unanswered", "host": host})
        days = [day for day in range(22, 27) if run(datetime(2026, 6, day, 8, tzinfo=clock.VIETNAM))]
        assert days == reached

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"days_before": [31]}, "days_before"),
            ({"days_before": [-1]}, "days_before"),
            ({"days_before": [True]}, "days_before"),
            ({"days_before": "2, 1"}, "days_before"),
            ({"days_before": []}, "days_before"),
            ({"days_before": [1], "days_after": [1]}, "days_after"),
            ({"what": "task", "days_after": [0]}, "days_after"),
        ],
    )
    def test_what_a_rule_may_not_say(self, db: None, values: dict[str, object], field: str) -> None:
        rule = ReminderRule(**{"what": "unanswered", "event_kind": "other", **values})
        with pytest.raises(ValidationError) as caught:
            rule.full_clean()
        assert list(caught.value.message_dict) == [field]

    def test_one_rule_for_one_case(self, db: None) -> None:
        with pytest.raises(ValidationError) as caught:
            ReminderRule(what="unanswered", days_before=[3]).full_clean()
        assert caught.value.messages == [
            "Đã có lịch nhắc cho trường hợp này. Sửa dòng đã có thay vì thêm dòng mới."
        ]
