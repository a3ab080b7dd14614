"""One search over all kinds: words in any order, accents aside, and nothing that the person may not see."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, written
from tests.meetings import factories
from workbench.queries.search import SHOWN, found_for


def found(user: Any, text: str) -> dict[str, list[str]]:
    return {group.label: [hit.title for hit in group.hits] for group in found_for(user, text)}


@pytest.mark.parametrize("text", ["giai trinh dat", "ĐẤT giải", "  giải   trình "])
def test_words_in_any_order_without_accents(cast: Cast, text: str) -> None:
    factories.meeting(cast.world, title="Giải trình về đất đai")
    factories.meeting(cast.world, title="Ngân sách")
    assert found(cast.secretary, text) == {"Cuộc họp": ["Giải trình về đất đai"]}


def test_people_and_bodies_lead_to_the_body(cast: Cast) -> None:
    groups = {group.label: group for group in found_for(cast.secretary, "nguyen dinh lam")}
    assert list(groups) == ["Người"]
    assert {hit.title for hit in groups["Người"].hits} == {"Nguyễn Đình Lâm"}
    addresses = {hit.address for hit in groups["Người"].hits}
    bodies = [cast.world[code].pk for code in ("HDND", "TTHDND")]
    assert addresses == {reverse("councils:organization_detail", args=[pk]) for pk in bodies}
    assert "Sở Xây dựng" in found(cast.secretary, "so xay dung")["Cơ quan"][0]


def test_a_draft_is_found_by_its_office_only(cast: Cast) -> None:
    letterheads(cast)
    written(cast)
    assert found(cast.secretary, "ra soat tien do") == {"Dự thảo": [SUBJECT]}
    for who in (cast.delegate, cast.partner, cast.outsider, cast.admin):
        assert found(who, "ra soat tien do") == {}


def test_another_councils_meeting_is_never_found(cast: Cast) -> None:
    factories.meeting(cast.world, title="Chuyện riêng của tỉnh", state="planned")
    assert found(cast.secretary, "chuyen rieng") == {"Cuộc họp": ["Chuyện riêng của tỉnh"]}
    for who in (cast.partner, cast.outsider, cast.delegate):
        assert found(who, "chuyen rieng") == {}


@pytest.mark.parametrize("text", ["", " ", "a", "%", "_"])
def test_too_little_finds_nothing(cast: Cast, text: str) -> None:
    factories.meeting(cast.world, title="a")
    assert found(cast.secretary, text) == {}


def test_the_page_escapes_and_leads_to_the_list(cast: Cast, client: Client) -> None:
    for number in range(SHOWN + 1):
        factories.meeting(cast.world, title=f"Phiên <script> số {number}")
    client.force_login(cast.secretary)
    text = client.get(reverse("workbench:search"), {"tim": "phien <script>"}).content.decode()
    assert "Phiên <script>" not in text
    assert text.count("Phiên &lt;script&gt; số") == SHOWN
    assert f"{reverse('meetings:meeting_list')}?tim=phien%20%3Cscript%3E" in text


def test_the_number_of_queries_does_not_depend_on_the_hits(cast: Cast) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            found_for(cast.secretary, "phien hop")
        return len(captured)

    factories.meeting(cast.world)
    count()
    one = count()
    for _ in range(29):
        factories.meeting(cast.world)
    assert count() == one
