"""The concrete papers: what each says, from plain input."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from documents.paper.conclusion_notice import ConclusionLine, conclusion_notice
from documents.paper.html import paper_pdf
from documents.paper.invitation import Addressee, AgendaLine, invitation, time_sentence
from documents.paper.minutes import MinutesItem, MinutesMember, minutes
from documents.paper.model import PaperError
from documents.paper.signin_sheet import signin_sheet
from documents.paper.votes import vote_paragraph
from hdnd.lib.clock import VIETNAM
from tests.documents import paper_samples as samples
from tests.documents.paper_reading import Reading


def texts(reading: Reading) -> list[str]:
    return [line for page in reading.texts for line in page.splitlines()]


def test_invitation_text() -> None:
    lines = texts(Reading(paper_pdf(invitation(samples.invitation_paper(agenda=samples.AGENDA[5:])))))
    assert lines == [
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH VĨNH GIANG Độc lập - Tự do - Hạnh phúc",
        "THƯỜNG TRỰC",
        "Số: 31/GM-HĐND Vĩnh Giang, ngày 18 tháng 6 năm 2026",
        "GIẤY MỜI",
        "Dự Phiên họp thứ 3 Thường trực HĐND tỉnh",
        "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang trân trọng kính mời:",
        "- Lãnh đạo Ủy ban nhân dân tỉnh;",
        "- Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh;",
        "- Lãnh đạo Văn phòng Đoàn ĐBQH và HĐND tỉnh;",
        "- Lãnh đạo Sở Tài chính, Sở Nội vụ (nội dung 3, 4);",
        "- Thường trực HĐND phường Tân Hòa, xã Phú Lộc (nội dung 4).",
        "Đến dự Phiên họp thứ 3 Thường trực HĐND tỉnh, cụ thể như sau:",
        "1. Nội dung",
        "(1) Dự thảo Nghị quyết về chương trình giám sát năm 2027 (trình bày:",
        "Trưởng Ban Pháp chế; 20 phút);",
        "(2) Kết luận (trình bày: Chủ tọa; 10 phút).",
        "2. Chủ trì: Ông Nguyễn Đình Lâm, Chủ tịch HĐND tỉnh.",
        "3. Thời gian: 07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026.",
        "4. Địa điểm: Phòng họp số 2, Trụ sở HĐND tỉnh.",
        "Tài liệu phiên họp được gửi trên hệ thống điều hành của HĐND tỉnh.",
        "Đề nghị các đại biểu dự họp đúng thành phần, đúng thời gian và xác nhận",
        "tham dự trước ngày 24/6/2026 qua Văn phòng Đoàn ĐBQH và HĐND tỉnh",
        "(điện thoại 0200 3 800 000)./.",
        "Nơi nhận: TM. THƯỜNG TRỰC HĐND",
        "- Như trên;",
        "KT. CHỦ TỊCH",
        "- Lãnh đạo Văn phòng;",
        "PHÓ CHỦ TỊCH",
        "- Lưu: VT, P.TH.",
        "Trần Thị Hải Yến",
    ]


def test_invitation_to_one() -> None:
    reading = Reading(paper_pdf(invitation(samples.invitation_paper(addressees=samples.ADDRESSEES[:1]))))
    assert (
        "Thường trực Hội đồng nhân dân tỉnh Vĩnh Giang trân trọng kính mời Lãnh đạo Ủy ban nhân dân tỉnh "
        "dự Phiên họp thứ 3 Thường trực HĐND tỉnh, cụ thể như sau: 1. Nội dung"
    ) in reading.words


def test_invitation_to_many_lists_them_in_an_annex() -> None:
    many = tuple(Addressee(f"Thường trực HĐND xã số {at}", "nội dung 4") for at in range(1, 43))
    reading = Reading(paper_pdf(invitation(samples.invitation_paper(addressees=many))))
    assert "có tên trong danh sách kèm theo (42 đại biểu, cơ quan) dự Phiên họp thứ 3" in reading.words
    assert "(Kèm theo Giấy mời số 31/GM-HĐND ngày 18 tháng 6 năm 2026)" in reading.words
    rows = [row for tables in reading.tables for table in tables for row in table[1:]]
    assert rows == [[str(at), one.name, one.note] for at, one in enumerate(many, start=1)]


def test_invitation_of_nobody() -> None:
    with pytest.raises(PaperError, match="someone invited"):
        invitation(samples.invitation_paper(addressees=()))


def test_a_draft_invitation_leaves_number_and_date_open() -> None:
    reading = Reading(paper_pdf(invitation(samples.invitation_paper(number=None, issued_on=None))))
    assert "/GM-HĐND Vĩnh Giang, ngày … tháng … năm …" in " ".join(reading.texts[0].split())


def test_invitation_without_agenda_or_answer() -> None:
    paper = invitation(samples.invitation_paper(agenda=(), answer_by=None, answer_contact="", remarks=()))
    words = Reading(paper_pdf(paper)).words
    assert "1. Chủ trì: Ông Nguyễn Đình Lâm" in words
    assert "Đề nghị các đại biểu dự họp đúng thành phần, đúng thời gian./." in words


def test_a_single_item_needs_no_list() -> None:
    paper = invitation(samples.invitation_paper(agenda=(AgendaLine("Thông qua chương trình giám sát."),)))
    assert "1. Nội dung: Thông qua chương trình giám sát. 2. Chủ trì:" in Reading(paper_pdf(paper)).words


def test_time_sentence() -> None:
    start = datetime(2026, 7, 14, 8, 0, tzinfo=VIETNAM)
    first = "08 giờ 00 phút, thứ Ba, ngày 14 tháng 7 năm 2026"
    assert time_sentence(start) == first
    assert time_sentence(start, start + timedelta(hours=3)) == (
        "từ 08 giờ 00 phút đến 11 giờ 00 phút, thứ Ba, ngày 14 tháng 7 năm 2026"
    )
    assert time_sentence(start, start + timedelta(days=2, hours=9)) == (
        f"từ {first} đến 17 giờ 00 phút, thứ Năm, ngày 16 tháng 7 năm 2026"
    )


def test_minutes_text() -> None:
    item = MinutesItem(
        "Chương trình giám sát năm 2027",
        "Trưởng Ban Pháp chế",
        "Ý kiến thứ nhất.\n\nÝ kiến thứ hai.",
        (samples.vote(question=""),),
        "Giao Ban Pháp chế hoàn thiện.\nTrình Kỳ họp thứ 2.",
    )
    data = samples.minutes_paper(members=2, guests=1, items=(item,))
    lines = texts(Reading(paper_pdf(minutes(data))))
    assert lines == [
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH VĨNH GIANG Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BB-HĐND",
        "BIÊN BẢN",
        "Phiên họp thứ 3 Thường trực HĐND tỉnh",
        "Thời gian bắt đầu: 07 giờ 30 phút, thứ Sáu, ngày 26 tháng 6 năm 2026.",
        "Địa điểm: Phòng họp số 2, Trụ sở HĐND tỉnh.",
        "Thành phần tham dự:",
        "Tổng số thành viên được triệu tập: 02; có mặt: 01; vắng mặt có lý do: 01;",
        "vắng mặt không có lý do: 0.",
        "- Vắng mặt: Lê Quang Vịnh, Phó Chủ tịch HĐND tỉnh (đi công tác).",
        "Số thành viên cần có mặt để tiến hành phiên họp: 05; số có mặt không đủ",
        "theo quy định.",
        "Thành viên:",
        "TT Họ và tên Chức vụ Có mặt/vắng",
        "1 Nguyễn Văn Thành viên 1 Đại biểu HĐND tỉnh Có mặt",
        "2 Lê Quang Vịnh Phó Chủ tịch HĐND tỉnh Vắng có lý do",
        "Đại biểu được mời dự (01 đại biểu):",
        "TT Họ và tên Chức vụ, cơ quan",
        "1 Trần Thị Khách mời 1 Phó Giám đốc Sở Tài chính",
        "Chủ trì (chủ tọa): Nguyễn Đình Lâm, Chủ tịch HĐND tỉnh.",
        "Thư ký (người ghi biên bản): Mai Thế Anh, Chánh Văn phòng Đoàn",
        "ĐBQH và HĐND tỉnh.",
        "Nội dung (theo diễn biến phiên họp):",
        "1. Chương trình giám sát năm 2027",
        "Trình bày: Trưởng Ban Pháp chế.",
        "Ý kiến thứ nhất.",
        "Ý kiến thứ hai.",
        "2",
        "Kết quả biểu quyết: tổng số thành viên 07; có mặt 06; tán thành 05",
        "(71,43% tổng số thành viên); không tán thành 0; ý kiến khác 0; không biểu",
        "quyết 01. Số phiếu tán thành cần có: 04. Kết quả: được thông qua.",
        "Kết luận nội dung: Giao Ban Pháp chế hoàn thiện.",
        "Trình Kỳ họp thứ 2.",
        "Kết luận của chủ tọa:",
        "1. Ban Kinh tế - Ngân sách hoàn thành thẩm tra các dự thảo nghị quyết",
        "trước ngày 01/7/2026.",
        "2. Văn phòng gửi tài liệu kỳ họp cho đại biểu trước ngày 09/7/2026.",
        "Phiên họp kết thúc vào 11 giờ 05 phút, ngày 26 tháng 6 năm 2026./.",
        "THƯ KÝ CHỦ TỌA",
        "Mai Thế Anh Nguyễn Đình Lâm",
        "Nơi nhận:",
        "- Thường trực HĐND tỉnh;",
        "- Các Ban HĐND tỉnh;",
        "- Lưu: VT, P.TH.",
    ]


def test_minutes_of_sixty_on_four_pages_and_the_same_bytes_again() -> None:
    data = samples.minutes_paper(members=40, guests=20, items=samples.minutes_paper().items[:1])
    content = paper_pdf(minutes(data))
    reading = Reading(content)
    assert len(reading.pages) == 4
    members = [row for tables in reading.tables for table in tables for row in table if len(row) == 4]
    guests = [row for tables in reading.tables for table in tables for row in table if len(row) == 3]
    assert [row[0] for row in members if row[0] != "TT"] == [str(at) for at in range(1, 41)]
    assert [row[0] for row in guests if row[0] != "TT"] == [str(at) for at in range(1, 21)]
    heads = [tables[0][0][0] for tables in reading.tables if tables]
    assert heads == ["TT"] * len(heads)
    assert paper_pdf(minutes(data)) == content


def test_secretary_signs_left_and_chair_right() -> None:
    reading = Reading(paper_pdf(minutes(samples.minutes_paper(members=2, guests=0, items=()))))
    secretary, chair = reading.line("THƯ KÝ", page=1), reading.line("CHỦ TỌA", page=1)
    assert secretary.centre == pytest.approx(70, abs=1)
    assert chair.centre == pytest.approx(150, abs=1)
    assert (secretary.face, chair.face) == ("LiberationSerif-Bold",) * 2
    assert reading.line("Mai Thế Anh", page=1).centre == pytest.approx(secretary.centre, abs=1)
    assert reading.line("Nguyễn Đình Lâm", page=1).centre == pytest.approx(chair.centre, abs=1)


def test_absence_without_reason_is_said() -> None:
    members = (
        MinutesMember("Lò Văn Sáng", "Ủy viên", absence="", excused=False),
        MinutesMember("Bùi Thanh Nga", "Ủy viên"),
    )
    words = Reading(
        paper_pdf(minutes(replace(samples.minutes_paper(quorum_required=1), members=members)))
    ).words
    assert "có mặt: 01; vắng mặt có lý do: 0; vắng mặt không có lý do: 01." in words
    assert "- Vắng mặt: Lò Văn Sáng, Ủy viên (không có lý do)." in words
    assert "để tiến hành phiên họp: 01; số có mặt đủ theo quy định." in words


def test_minutes_end_after_they_start() -> None:
    with pytest.raises(PaperError, match="end before"):
        minutes(samples.minutes_paper(ends_at=samples.START - timedelta(minutes=1)))


def test_a_vote_that_failed() -> None:
    vote = samples.vote(in_favour=3, against=2, other=1, not_voting=0, passed=False, basis="Luật")
    words = "".join(run.text for run in vote_paragraph(vote).runs)
    assert words.endswith("Số phiếu tán thành cần có theo Luật: 04. Kết quả: không được thông qua.")
    assert "tán thành 03 (42,86% tổng số thành viên); không tán thành 02; ý kiến khác 01" in words


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"in_favour": 6}, "7 votes counted, 6"),
        ({"passed": False}, "contradicts"),
        ({"required": 6}, "contradicts"),
    ],
)
def test_a_vote_must_add_up(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PaperError, match=message):
        samples.vote(**changes)


def test_notice_of_conclusions() -> None:
    reading = Reading(paper_pdf(conclusion_notice(samples.notice_paper())))
    assert len(reading.pages) == 1
    assert reading.line("THÔNG BÁO").size == 14
    items = (
        "kết luận như sau: 1. Giao Ban Kinh tế - Ngân sách HĐND tỉnh chủ trì, phối hợp với Ban Pháp chế, "
        "Ban Văn hóa - Xã hội hoàn thành thẩm tra các tờ trình, dự thảo nghị quyết; hoàn thành trước ngày "
        "01/7/2026; báo cáo kết quả với Thường trực HĐND tỉnh. 2. Giao Văn phòng Đoàn ĐBQH và HĐND tỉnh gửi "
        "tài liệu kỳ họp cho đại biểu; hoàn thành trước ngày 09/7/2026. 3. UBND tỉnh chịu trách nhiệm về "
        "tiến độ giải ngân vốn đầu tư công năm 2026. Thường trực HĐND tỉnh thông báo"
    )
    assert items in reading.words
    assert "Số: 09/TB-HĐND Vĩnh Giang, ngày 01 tháng 7 năm 2026" in reading.words


def test_an_abbreviation_keeps_its_capitals() -> None:
    notice = samples.notice_paper(
        items=(ConclusionLine("UBND cấp xã rà soát.", "Sở Nội vụ", due_on=date(2026, 2, 5)),)
    )
    words = Reading(paper_pdf(conclusion_notice(notice))).words
    assert "1. Giao Sở Nội vụ UBND cấp xã rà soát; hoàn thành trước ngày 05/02/2026." in words


def test_notice_without_conclusions() -> None:
    with pytest.raises(PaperError, match="needs a conclusion"):
        conclusion_notice(samples.notice_paper(items=()))


def test_signin_sheet() -> None:
    reading = Reading(paper_pdf(signin_sheet(samples.signin_paper())))
    assert [bool(line) for line in reading.pages] == [True, True]
    first, second = reading.tables[0][0], reading.tables[0][1] + reading.tables[1][0][1:]
    assert first == [
        ["TT", "Họ và tên", "Chức vụ/cơ quan", "Ký tên"],
        *[[str(at), f"Nguyễn Văn Thành viên {at}", "Ủy viên", ""] for at in range(1, 8)],
    ]
    assert second[1:] == [
        *[[str(at), "", f"Cơ quan được mời số {at}", ""] for at in range(1, 31)],
        *[[str(at), "", "", ""] for at in (31, 32, 33)],
    ]
    assert "Số:" not in reading.words
