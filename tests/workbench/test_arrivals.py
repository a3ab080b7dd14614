"""The desk names the papers handed to the person: open ones, the most urgent first, nobody else's."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import IncomingDocument, Issuer
from documents.services import incoming as services
from documents.services.incoming import ArrivalInput, Handling
from hdnd.lib import clock
from tests.cast import Cast
from workbench.queries.arrivals import LIMIT, desk_arrivals

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def office(cast: Cast, set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)
    Issuer.objects.create(
        organization=cast.world["TTHDND"], name_lines="THƯỜNG TRỰC", place="Vĩnh Giang", symbol_body="HĐND"
    )


def handed(cast: Cast, subject: str, due_on: date | None, person: str = "P01") -> IncomingDocument:
    return services.register_arrival(
        actor=cast.secretary, organization=cast.world["TTHDND"],
        arrival=ArrivalInput(arrived_on=TODAY, subject=subject, author="Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        handling=Handling(handler=cast.world.people[person], handed_on=TODAY, due_on=due_on),
    )  # fmt: skip


def test_what_was_handed_to_me_and_is_open(
    cast: Cast, client: Client, set_clock: Callable[[datetime], None]
) -> None:
    handed(cast, "Không hạn", None)
    handed(cast, "Hạn sau", TODAY + timedelta(days=9))
    handed(cast, "Hạn trước", TODAY + timedelta(days=1))
    handed(cast, "Của người khác", TODAY, "P02")
    done = handed(cast, "Đã xong", TODAY)
    services.settle_arrival(actor=cast.secretary, line=done, done_on=TODAY, result="Đã báo cáo")
    services.void_arrival(
        actor=cast.secretary, line=handed(cast, "Vào nhầm", TODAY), reason="Vào sổ nhầm văn bản"
    )
    assert [line.subject for line in desk_arrivals(cast.leader)] == ["Hạn trước", "Hạn sau", "Không hạn"]
    assert desk_arrivals(cast.secretary) == []
    set_clock(NOW + timedelta(days=3))
    client.force_login(cast.leader)
    page = client.get(reverse("workbench:home")).content.decode()
    assert ("Văn bản đến chờ tôi xử lý" in page, "quá 2 ngày" in page) == (True, True)
    client.force_login(cast.secretary)
    assert "Văn bản đến chờ tôi xử lý" not in client.get(reverse("workbench:home")).content.decode()


def test_the_desk_shows_few_in_one_query(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    desk_arrivals(cast.leader)
    for at in range(LIMIT + 3):
        handed(cast, f"Văn bản {at}", TODAY)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        lines = [line.paper_line for line in desk_arrivals(cast.leader)]
    assert len(lines) == LIMIT + 1
