"""All samples by file name."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from documents.paper.ballot import ballot
from documents.paper.change_notice import change_notice
from documents.paper.conclusion_notice import conclusion_notice
from documents.paper.invitation import invitation
from documents.paper.minutes import MinutesPaper, minutes
from documents.paper.model import Paper
from documents.paper.opinion_form import opinion_form
from documents.paper.register_book import register_book
from documents.paper.samples import meeting, others
from documents.paper.samples.sheets import OTHER_SHEETS, SHEETS
from documents.paper.seat_list import seat_list
from documents.paper.sheet import Sheet, paper_of
from documents.paper.signin_sheet import SigninRow, SigninSheetPaper, signin_sheet
from documents.paper.work_week import work_week

Maker = Callable[[], Paper]


def _of(sheet: Sheet) -> Maker:
    return lambda: paper_of(sheet)


def _minutes() -> MinutesPaper:
    whole = meeting.minutes_paper()
    items = tuple(
        replace(item, discussion=said) for item, said in zip(whole.items, meeting.SAID, strict=True)
    )
    return replace(whole, members=meeting.MEMBERS, guests=meeting.GUESTS, items=items)


def _signin() -> SigninSheetPaper:
    rows = [
        tuple(SigninRow(person.name, person.title) for person in people)
        for people in (meeting.MEMBERS, meeting.GUESTS)
    ]
    return replace(meeting.signin_paper(), members=rows[0], guests=rows[1])


ND30: Mapping[str, Maker] = {
    "giay-moi": lambda: invitation(meeting.invitation_paper()),
    "bien-ban": lambda: minutes(_minutes()),
    "thong-bao-ket-luan": lambda: conclusion_notice(meeting.notice_paper()),
    "thong-bao-thay-doi": lambda: change_notice(others.change_notice_paper()),
    "phieu-lay-y-kien": lambda: opinion_form(others.opinion_form_paper()),
    **{name: _of(sheet) for name, sheet in SHEETS.items()},
}
"""Papers under NĐ 30/2020/NĐ-CP."""

OTHER: Mapping[str, Maker] = {
    **{name: _of(sheet) for name, sheet in OTHER_SHEETS.items()},
    "so-van-ban-di": lambda: register_book(others.register_book_paper()),
    "danh-sach-ky-ten": lambda: signin_sheet(_signin()),
    "danh-sach-cho-ngoi": lambda: seat_list(others.seat_list_paper()),
    "lich-cong-tac-tuan": lambda: work_week(meeting.work_week_paper()),
    **{name: (lambda data=data: ballot(data)) for name, data in others.BALLOTS.items()},  # type: ignore[misc]
}
"""Papers of the Party and the Front, the book, lists and ballots."""
