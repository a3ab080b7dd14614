"""Clauses, letterheads, contacts and meetings over the small world of `tests.cast`.

Rows are written straight to the tables, so that a test of one stage does not rest on the services of the stage before.
"""

from datetime import date, datetime, timedelta
from typing import Any

from coordination.choices import AgendaKind, EventKind, Mode, OwedBy, Scope
from coordination.models import Clause, Regulation
from councils.models import Membership, Organization
from documents.choices import DocumentType
from documents.models import Issuer, Series
from hdnd.lib import clock
from meetings.choices import Basis, MeetingState, Presence
from meetings.models import AgendaItem, Attendance, Invitation, Meeting
from meetings.services.planning import ItemInput, PlanInput
from tests.cast import World

PLANNED_ON = datetime(2026, 6, 15, 9, 0, tzinfo=clock.VIETNAM)
STARTS_AT = datetime(2026, 6, 26, 7, 30, tzinfo=clock.VIETNAM)
DUE_ON = date(2026, 6, 19)  # five working days before Friday 26/6/2026
TITLE = "Phiên họp thứ 3 Thường trực HĐND tỉnh"
REASON = "Đã làm việc riêng ngày 10/6/2026"


def regulation(world: World, **values: Any) -> Regulation:
    """A regulation of the province since 2025."""
    values = {
        "code": "QC-01", "number": "01/QC-HĐND-UBND", "title": "Quy chế phối hợp", "area": world.areas["T"],
        "valid_from": date(2025, 7, 1), **values,
    }  # fmt: skip
    return Regulation.objects.create(**values)


def clause(of: Regulation, code: str, **values: Any) -> Clause:
    """Whoever hosts a standing meeting invites the People's Committee of its area, or what is said."""
    values = {
        "article": "Điều 7", "sentence": f"Nội dung {code}.", "event_kinds": [EventKind.STANDING_MEETING],
        "host_kinds": ["standing_committee"], "counterpart_kinds": ["executive"], "counterpart_scope": Scope.SAME,
        "mode": Mode.INVITE, "valid_from": of.valid_from, **values,
    }  # fmt: skip
    made = Clause(regulation=of, code=code, **values)
    made.full_clean()
    made.save()
    return made


def clause_set(world: World) -> dict[str, Clause]:
    """R09 UBND, R22 standing committees of the areas explained, R34 Front, D01 UBND attends."""
    of = regulation(world)
    made = (
        clause(of, "D01", mode=Mode.ATTEND, owed_by=OwedBy.COUNTERPART, lead_days=0),
        clause(of, "R09", counterpart_role="lãnh đạo"),
        clause(
            of, "R22", agenda_kind=AgendaKind.EXPLANATION, counterpart_kinds=["standing_committee"],
            counterpart_scope=Scope.AREA,
        ),
        clause(of, "R34", counterpart_kinds=["front_standing"]),
    )  # fmt: skip
    return {row.code: row for row in made}


def issuer(body: Organization, *, opening: int = 30, **values: Any) -> Issuer:
    """The letterhead of a body whose invitations stand at `opening` this year."""
    values = {
        "superior_lines": "HỘI ĐỒNG NHÂN DÂN\nTỈNH VĨNH GIANG", "name_lines": "THƯỜNG TRỰC", "place": "Vĩnh Giang",
        "symbol_body": "HĐND", "signs_for": "TM. THƯỜNG TRỰC HĐND", "phone": "0200 555 0101", **values,
    }  # fmt: skip
    made = Issuer.objects.create(organization=body, **values)
    Series.objects.create(issuer=made, doc_type=DocumentType.INVITATION, year=2026, last_number=opening)
    return made


def agenda(world: World) -> tuple[ItemInput, ...]:
    """A report of the Sở, an explanation that concerns X01 and X03, a draft resolution of the host's Ban, the end."""
    return (
        ItemInput("Báo cáo giải ngân vốn đầu tư công", "report", "Giám đốc Sở Xây dựng", 20, (), (world["SXD"],)),
        ItemInput(
            "Giải trình về tiến độ giải ngân", "explanation", "Giám đốc Sở Xây dựng", 60,
            (world.areas["X01"], world.areas["X03"]), (world["SXD"], world["BPC"]),
        ),
        ItemInput("Dự thảo nghị quyết", "draft_resolution", "Trưởng Ban Pháp chế", 30, (), (world["BPC"],)),
        ItemInput("Kết luận", "conclusion", "Chủ tọa", 10),
    )  # fmt: skip


def plan(world: World, **changes: Any) -> PlanInput:
    """The monthly meeting of the standing committee."""
    values = {
        "kind": EventKind.STANDING_MEETING, "title": TITLE, "starts_at": STARTS_AT, "place": "Phòng họp số 2",
        "chair": world.people["P01"], "secretary_name": "Mai Thế Anh", "code": "PH-03", "agenda": agenda(world),
        **changes,
    }  # fmt: skip
    return PlanInput(**values)


def meeting(world: World, *, host: str = "TTHDND", items: int = 2, **values: Any) -> Meeting:
    """An invited meeting of the host with reports on its agenda."""
    values = {
        "kind": EventKind.STANDING_MEETING, "title": TITLE, "starts_at": STARTS_AT, "place": "Phòng họp số 2",
        "chair": world.people["P01"], "secretary_name": "Mai Thế Anh", "state": MeetingState.INVITED, **values,
    }  # fmt: skip
    made = Meeting.objects.create(host=world[host], **values)
    for position in range(1, items + 1):
        AgendaItem.objects.create(
            meeting=made, position=position, title=f"Nội dung thứ {position}", minutes=30
        )
    return made


def invitation(of: Meeting, body: Organization, **values: Any) -> Invitation:
    """An issued invitation without answer."""
    values = {"basis": Basis.HAND, "issued_at": PLANNED_ON, "nonce": "n-" + body.code[:10], **values}
    return Invitation.objects.create(meeting=of, organization=body, **values)


def seat(world: World, code: str, body: str = "TTHDND") -> Membership:
    """The seat of that person in the body."""
    return Membership.objects.get(person__code=code, organization=world[body])


def present(of: Meeting, world: World, *codes: str) -> None:
    """Marks members present."""
    for code in codes:
        Attendance.objects.create(meeting=of, membership=seat(world, code), presence=Presence.PRESENT)


def held(
    world: World,
    *,
    present_codes: tuple[str, ...] = ("P01", "P02", "P03", "P04", "P05", "P06"),
    **values: Any,
) -> Meeting:
    """A meeting that is running, with six of seven members there."""
    made = meeting(
        world, **{"state": MeetingState.HELD, "opened_at": STARTS_AT + timedelta(minutes=5), **values}
    )
    present(made, world, *present_codes)
    return made


def closed(world: World, **values: Any) -> Meeting:
    """A meeting that ended at 11:00, its members marked."""
    made = held(
        world, **{"state": MeetingState.MINUTED, "closed_at": STARTS_AT.replace(hour=11, minute=0), **values}
    )
    Attendance.objects.create(meeting=made, membership=seat(world, "P07"), presence=Presence.ABSENT)
    return made
