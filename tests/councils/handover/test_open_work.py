"""The registry by which higher apps say what is still open."""

from datetime import date

import pytest

from councils.handover import open_work
from councils.handover.open_work import OpenItem, register_open_work


def test_kinds_are_listed_in_order_and_only_with_something_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_work, "_kinds", {})
    register_open_work(20, "sau", lambda bodies, day: [OpenItem(body, "việc") for body in bodies])
    register_open_work(10, "trước", lambda bodies, day: [OpenItem(1, str(day))])
    register_open_work(15, "không có", lambda bodies, day: [])
    assert open_work.open_work([7], date(2026, 7, 1)) == [
        ("trước", [OpenItem(1, "2026-07-01")]),
        ("sau", [OpenItem(7, "việc")]),
    ]


def test_an_order_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_work, "_kinds", {})

    def find(bodies: object, day: date) -> list[OpenItem]:
        return []

    register_open_work(10, "a", find)
    register_open_work(10, "a", find)  # an app that is set up twice
    with pytest.raises(ValueError, match="open work 10 is 'a' already"):
        register_open_work(10, "b", lambda bodies, day: [])


def test_the_product_registers_its_kinds() -> None:
    assert [(order, kind.label) for order, kind in sorted(open_work._kinds.items())] == [
        (10, "nghĩa vụ phối hợp"),
        (25, "dự thảo văn bản"),
        (30, "giấy mời chờ trả lời"),
        (31, "nhiệm vụ từ kết luận"),
        (32, "cuộc họp đã lập"),
        (33, "biên bản chưa duyệt"),
    ]
