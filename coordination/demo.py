"""The demo's regulations: one coordination regulation and one set of working rules per term. All fictional.

They realise, in our own sentences, the ways of working described in the article "HĐND các cấp phối hợp tốt trong thực
hiện chức năng, nhiệm vụ" (08/04/2021), cited by paragraph. Numbers of articles, lead days and symbols are made up.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from coordination.choices import Confidence, RegulationKind
from coordination.models import Clause, Regulation
from councils.models import Area, Organization
from hdnd.audit.services import record

ARTICLE = "Phỏng theo bài “HĐND các cấp phối hợp tốt trong thực hiện chức năng, nhiệm vụ”, 08/04/2021"
PRACTICE = "Phỏng theo quy chế làm việc của một HĐND cấp tỉnh, 2025"
SESSIONS = ["session_inaugural", "session_regular", "session_thematic", "session_urgent"]
TERMS = (
    ("2016-2021", date(2016, 6, 24), date(2021, 6, 28), "03/QCPH-HĐND-UBND-MTTQ-ĐĐBQH", "04/QC-HĐND"),
    ("2021-2026", date(2021, 6, 29), date(2026, 3, 26), "05/QCPH-HĐND-UBND-MTTQ-ĐĐBQH", "06/QC-HĐND"),
    ("2026-2031", date(2026, 3, 27), None, "02/QCPH-HĐND-UBND-MTTQ-ĐĐBQH", "03/QC-HĐND"),
)


@dataclass(frozen=True)
class Told:
    """One clause; names as in `Clause`."""

    code: str
    article: str
    paragraph: int
    sentence: str
    fields: dict[str, Any]


def _clause(code: str, article: str, paragraph: int, sentence: str, **fields: Any) -> Told:
    return Told(code, article, paragraph, sentence, fields)


CLAUSES = (
    _clause(
        "R04", "Điều 5 khoản 1", 2,
        "Khi tổ chức hội nghị góp ý dự án luật trước kỳ họp Quốc hội, Đoàn ĐBQH mời Thường trực HĐND và các Ban của HĐND tỉnh.",
        event_kinds=["law_consultation"], host_kinds=["na_delegation"],
        counterpart_kinds=["standing_committee", "committee"], deliverable="giấy mời; ý kiến góp ý",
    ),
    _clause(
        "R07", "Điều 5 khoản 2", 2,
        "Khi tiếp xúc cử tri, Đoàn ĐBQH mời đại diện Thường trực HĐND tỉnh cùng dự.",
        event_kinds=["voter_contact"], host_kinds=["na_delegation"], counterpart_kinds=["standing_committee"],
        counterpart_role="đại diện", deliverable="giấy mời; biên bản",
    ),
    _clause(
        "R08", "Điều 5 khoản 3", 2,
        "Khi giám sát tại tỉnh, Đoàn ĐBQH hoặc Ủy ban của Quốc hội mời đại diện Thường trực HĐND tỉnh tham gia.",
        event_kinds=["oversight_visit"], host_kinds=["na_delegation", "na_committee"], host_level="",
        counterpart_kinds=["standing_committee"], counterpart_scope="area", counterpart_level="province",
        counterpart_role="đại diện", deliverable="giấy mời",
    ),
    _clause(
        "R09", "Điều 7 khoản 2", 3,
        "Thường trực HĐND tỉnh mời lãnh đạo UBND tỉnh dự phiên họp thường kỳ của mình.",
        event_kinds=["standing_meeting"], host_kinds=["standing_committee"], counterpart_kinds=["executive"],
        counterpart_role="lãnh đạo", deliverable="giấy mời; thông báo kết luận",
    ),
    _clause(
        "R10", "Điều 7 khoản 3", 3,
        "UBND tỉnh mời Thường trực HĐND tỉnh dự phiên họp hằng tháng của mình.",
        event_kinds=["executive_meeting"], host_kinds=["executive"], counterpart_kinds=["standing_committee"],
        deliverable="giấy mời",
    ),
    _clause(
        "R11", "Điều 7 khoản 4", 3,
        "UBND tỉnh mời Thường trực HĐND tỉnh dự giao ban hằng tuần; lịch tuần thay giấy mời nếu gửi trước ít nhất 01 ngày làm việc.",
        event_kinds=["executive_weekly"], host_kinds=["executive"], counterpart_kinds=["standing_committee"],
        lead_days=1, deliverable="giấy mời hoặc lịch tuần",
    ),
    _clause(
        "R12", "Điều 8 khoản 1", 3,
        "Khi tiếp xúc cử tri, Tổ đại biểu HĐND tỉnh mời đại diện UBND tỉnh nghe và trả lời những việc thuộc thẩm quyền.",
        event_kinds=["voter_contact"], host_kinds=["delegate_group"], counterpart_kinds=["executive"],
        counterpart_role="đại diện", deliverable="giấy mời; biên bản",
    ),
    _clause(
        "R17", "Điều 10 khoản 2", 4,
        "Khi giám sát, khảo sát, cơ quan của HĐND tỉnh mời Ban Thường trực Ủy ban MTTQ tỉnh cử người cùng tham gia.",
        event_kinds=["oversight_visit"], host_kinds=["council", "standing_committee", "committee", "oversight_mission"],
        counterpart_kinds=["front_standing"], deliverable="kế hoạch; báo cáo",
    ),
    _clause(  # the same mechanism the other way round; a clause has one direction
        "R17B", "Điều 10 khoản 3", 4,
        "Khi giám sát, khảo sát, Ban Thường trực Ủy ban MTTQ tỉnh mời Thường trực HĐND tỉnh cử người cùng tham gia.",
        event_kinds=["oversight_visit"], host_kinds=["front_standing"], counterpart_kinds=["standing_committee"],
        deliverable="kế hoạch; báo cáo",
    ),
    _clause(
        "R20", "Điều 12 khoản 1", 5,
        "Sáu tháng một lần, Thường trực HĐND tỉnh họp giao ban và mời Thường trực HĐND của tất cả đơn vị hành chính cấp dưới trực tiếp.",
        event_kinds=["liaison_conference"], host_kinds=["standing_committee"], counterpart_kinds=["standing_committee"],
        counterpart_scope="down_all", deliverable="giấy mời; báo cáo; thông báo kết luận",
    ),
    _clause(
        "R21", "Điều 12 khoản 2", 5,
        "Khi giám sát chuyên đề tại địa phương, cơ quan của HĐND tỉnh mời Thường trực HĐND nơi đó tham gia.",
        event_kinds=["oversight_visit"], host_kinds=["council", "standing_committee", "committee", "oversight_mission"],
        counterpart_kinds=["standing_committee"], counterpart_scope="area", deliverable="giấy mời; kế hoạch",
    ),
    _clause(
        "R22", "Điều 12 khoản 3", 5,
        "Khi phiên họp Thường trực HĐND tỉnh có nội dung giải trình, mời Thường trực HĐND các địa phương liên quan đến nội dung đó.",
        event_kinds=["standing_meeting", "explanation_session"], host_kinds=["standing_committee"],
        counterpart_kinds=["standing_committee"], counterpart_scope="area", agenda_kind="explanation",
        deliverable="giấy mời; kết luận",
    ),
    _clause(
        "R26", "Điều 13 khoản 1", 7,
        "Cơ quan cấp tỉnh giám sát trên địa bàn báo trước lịch để Thường trực HĐND nơi đó phối hợp chuẩn bị.",
        event_kinds=["oversight_visit"], mode="cooperate",
        host_kinds=["standing_committee", "committee", "oversight_mission", "na_delegation"],
        counterpart_kinds=["standing_committee"], counterpart_scope="area", deliverable="thông báo lịch; báo cáo phục vụ",
    ),
    _clause(
        "R27", "Điều 13 khoản 2", 7,
        "Cơ quan cấp tỉnh tiếp xúc cử tri trên địa bàn báo trước để Thường trực HĐND nơi đó chuẩn bị điểm tiếp xúc.",
        event_kinds=["voter_contact"], mode="cooperate", host_kinds=["standing_committee", "delegate_group", "na_delegation"],
        counterpart_kinds=["standing_committee"], counterpart_scope="area", deliverable="chuẩn bị điểm tiếp xúc",
    ),
)  # fmt: skip

WORKING_RULES = (
    _clause(
        "R34", "Điều 21 khoản 1", 0,
        "HĐND, Thường trực HĐND tỉnh mời Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh dự kỳ họp, phiên họp và cuộc giám sát của mình.",
        event_kinds=[*SESSIONS, "standing_meeting", "oversight_visit"], host_kinds=["council", "standing_committee"],
        counterpart_kinds=["front_standing"], deliverable="giấy mời",
    ),
)  # fmt: skip


@transaction.atomic
def load_regulations() -> int:
    """Loads the regulations of the fictional province once; returns how many clauses were made."""
    if Regulation.objects.filter(area__code="T").exists():
        return 0
    province = Area.objects.get(code="T")
    parties = Organization.objects.filter(code__in=["TTHDND", "UBND", "MTTQ", "DDBQH"])
    before: dict[str, Regulation] = {}
    made = 0
    for term, first, last, number, rules_number in TERMS:
        common = {"area": province, "signed_on": first, "valid_from": first, "valid_to": last}
        regulation = _regulation(
            f"QCPH-{term}", RegulationKind.REGULATION, number,
            f"Quy chế phối hợp công tác giữa Thường trực HĐND, UBND, Ban Thường trực Ủy ban MTTQ và Đoàn ĐBQH tỉnh, nhiệm kỳ {term}",
            before, {**common, "source": ARTICLE},
        )  # fmt: skip
        regulation.parties.set(parties)
        rules = _regulation(
            f"QCLV-{term}", RegulationKind.WORKING_RULES, rules_number, f"Quy chế làm việc của HĐND tỉnh, nhiệm kỳ {term}",
            before, {**common, "source": PRACTICE},
        )  # fmt: skip
        made += _write(regulation, CLAUSES) + _write(rules, WORKING_RULES)
    record("coordination.demo.loaded", province, actor=None, changes={"clauses": made})
    return made


def _regulation(
    code: str, kind: str, number: str, title: str, before: dict[str, Regulation], common: dict[str, Any]
) -> Regulation:
    row = Regulation(
        code=code, kind=kind, number=number, title=title, replaces=before.get(kind),
        note="Quy chế giả định của tỉnh giả định; số điều, số ngày đặt ra để trình diễn.", **common,
    )  # fmt: skip
    row.full_clean()
    row.save()
    before[kind] = row
    return row


def _write(regulation: Regulation, told: tuple[Told, ...]) -> int:
    for row in told:
        source = f"{ARTICLE}, đoạn {row.paragraph}" if row.paragraph else PRACTICE
        clause = Clause(
            regulation=regulation, code=row.code, article=row.article, sentence=row.sentence, source=source,
            confidence=Confidence.DEMO, **{"host_level": "province", **row.fields},
        )  # fmt: skip
        clause.full_clean()
        clause.save()
    return len(told)
