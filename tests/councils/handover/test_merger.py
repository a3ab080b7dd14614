"""Bodies that pass into another: what ends, what moves, what is refused and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from coordination.choices import Mode
from coordination.models import Duty
from coordination.services import raise_duties
from councils.choices import OrganizationKind, RoleKind
from councils.handover.merger import plan_merger
from councils.models import Contact, Membership, Organization, Role
from councils.services.handing_over import merge_bodies
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from meetings.models import Conclusion, Invitation
from tests import factories as make
from tests.cast import Cast
from tests.coordination.test_duties import clause, occasion
from tests.ledger import entries, refused, verbs
from tests.meetings import factories as meet

pytestmark = pytest.mark.django_db
DAY, LAST = date(2026, 7, 1), date(2026, 6, 30)


def merge(cast: Cast, *sources: str, into: Any, day: date = DAY, **changes: Any) -> Any:
    given = {
        "sources": [cast.world[code] for code in sources],
        "successor": cast.world[into] if isinstance(into, str) else into,
        "day": day,
    }
    mark = plan_merger(**given).mark
    return merge_bodies(**{"actor": cast.admin, "mark": mark, **given, **changes})


def stored(cast: Cast, code: str) -> Organization:
    return Organization.objects.get(pk=cast.world[code].pk)


def test_seats_accounts_and_addresses_end_and_move(cast: Cast) -> None:
    make.contact(cast.world["SXD"], "vanthu@soxd.test", phone="0203")
    make.membership(make.person("Giám Đốc"), cast.world["SXD"])
    merge(cast, "SXD", into="UBND")
    old = stored(cast, "SXD")
    assert (old.valid_to, list(old.successors.all())) == (LAST, [cast.world["UBND"]])
    assert Membership.objects.get(organization=old).valid_to == LAST
    roles = Role.objects.filter(user=cast.agency).order_by("valid_from", "pk")
    assert {(role.organization, role.kind, role.valid_from, role.valid_to) for role in roles} == {
        (old, RoleKind.AGENCY, None, LAST), (cast.world["UBND"], RoleKind.AGENCY, DAY, None),
    }  # fmt: skip
    rows = Contact.objects.filter(email="vanthu@soxd.test")
    assert {(row.organization, row.phone, row.valid_from, row.valid_to) for row in rows} == {
        (old, "0203", None, LAST), (cast.world["UBND"], "0203", DAY, None),
    }  # fmt: skip
    assert verbs(old) == ["councils.organization.changed", "councils.organization.merged"]
    assert entries(old)[0].changes == {"valid_to": [None, "2026-06-30"]}


def test_a_council_takes_its_organs_along(cast: Cast) -> None:
    plan = merge(cast, "X01-HDND", into="X03-HDND")
    assert [(body.code, to.code) for body, to in plan.ended] == [
        ("X01-HDND", "X03-HDND"), ("X01-TT", "X03-TT"),
    ]  # fmt: skip
    with clock.at(clock.at_time(DAY)):
        (role,) = Role.objects.on(DAY).filter(user=cast.outsider)
    assert (role.organization, role.kind) == (cast.world["X03-TT"], RoleKind.SECRETARY)
    assert [stored(cast, code).valid_to for code in ("X01-HDND", "X01-TT", "X01-UBND")] == [LAST, LAST, None]


def test_committees_pass_to_those_of_the_same_name(cast: Cast) -> None:
    for code, name in (
        ("X01-P", "Ban Pháp chế HĐND phường Tân Hòa"),
        ("X01-V", "Ban Văn hóa HĐND phường Tân Hòa"),
    ):
        make.organization(code, name=name, kind=OrganizationKind.COMMITTEE, parent=cast.world["X01-HDND"])
    for code, name in (("X03-P", "Ban Pháp chế HĐND xã Phú Lộc"), ("X03-K", "Ban Kinh tế HĐND xã Phú Lộc")):
        make.organization(code, name=name, kind=OrganizationKind.COMMITTEE, parent=cast.world["X03-HDND"])
    plan = merge(cast, "X01-HDND", into="X03-HDND")
    heirs = {body.code: to.code for body, to in plan.ended}
    assert (heirs["X01-P"], heirs["X01-V"]) == ("X03-P", "X03-HDND")


def test_two_bodies_into_a_new_one(cast: Cast) -> None:
    new = Organization(
        code="XM-UBND", name="UBND xã Mới", kind=OrganizationKind.EXECUTIVE, area=cast.world.areas["X03"], valid_from=DAY
    )  # fmt: skip
    make.role(cast.agency, RoleKind.AGENCY, cast.world["X01-UBND"])
    merge(cast, "X01-UBND", "SXD", into=new)
    made = Organization.objects.get(code="XM-UBND")
    assert sorted(body.code for body in made.predecessors.all()) == ["SXD", "X01-UBND"]
    assert [role.organization for role in Role.objects.on(DAY).filter(user=cast.agency)] == [
        made
    ]  # once, not twice
    assert verbs(made) == ["councils.organization.created"]


def test_open_work_passes_and_is_listed(cast: Cast) -> None:
    world = cast.world
    meeting = meet.meeting(world, starts_at=clock.at_time(date(2026, 7, 10)))
    invited = meet.invitation(meeting, world["UBND"])
    answered = meet.invitation(
        meet.meeting(world, starts_at=clock.at_time(date(2026, 7, 11))), world["UBND"], answer="accepted"
    )
    past = meet.invitation(meet.meeting(world, starts_at=clock.at_time(date(2026, 6, 30))), world["UBND"])
    task = Conclusion.objects.create(
        meeting=meeting, assignee=world["UBND"], text="Bí mật", position=1, due_on=DAY
    )
    done = Conclusion.objects.create(
        meeting=meeting, assignee=world["UBND"], text="Xong", position=2, done_on=LAST
    )
    clause()
    (duty,) = raise_duties(occasion=occasion(world, date(2026, 7, 10)), actor=cast.secretary)
    new = Organization(
        code="UBND2", name="UBND tỉnh Mới", kind="executive", area=world.areas["T"], valid_from=DAY
    )
    plan = merge(cast, "UBND", into=new)
    told = {section.title: section.lines for section in plan.sections}
    assert told["Còn mở: giấy mời chờ trả lời"] == (
        "Ủy ban nhân dân tỉnh Vĩnh Giang: Thường trực HĐND tỉnh Vĩnh Giang mời ngày 10/07/2026 → UBND tỉnh Mới",
    )
    assert [len(told[f"Còn mở: {kind}"]) for kind in ("nghĩa vụ phối hợp", "nhiệm vụ từ kết luận")] == [1, 1]
    assert "Bí mật" not in str(told)  # administrators read no conclusions
    made = Organization.objects.get(code="UBND2")
    assert [Invitation.objects.get(pk=row.pk).organization for row in (invited, answered, past)] == [
        made, world["UBND"], world["UBND"],
    ]  # fmt: skip
    assert [Conclusion.objects.get(pk=row.pk).assignee for row in (task, done)] == [made, world["UBND"]]
    assert Duty.objects.get(pk=duty.pk).creditor == made
    assert [verbs(row)[-1] for row in (invited, task, duty)] == [
        "meetings.invitation.passed", "meetings.task.passed", "coordination.duty.passed",
    ]  # fmt: skip


def test_what_the_successor_has_already_is_not_doubled(cast: Cast) -> None:
    world = cast.world
    meeting = meet.meeting(world, starts_at=clock.at_time(date(2026, 7, 10)))
    issued, draft = (
        meet.invitation(meeting, world["X01-UBND"]),
        meet.invitation(meeting, world["SXD"], issued_at=None),
    )
    meet.invitation(meeting, world["UBND"])
    clause(code="R1", mode=Mode.INVITE, counterpart_kinds=["executive", "department"])
    raise_duties(occasion=occasion(world, date(2026, 7, 10)), actor=cast.secretary)
    make.contact(world["SXD"], "vanthu@ubnd.test")
    make.contact(world["UBND"], "vanthu@ubnd.test", valid_to=date(2026, 1, 1))
    merge(cast, "X01-UBND", "SXD", into="UBND")
    kept = Invitation.objects.filter(meeting=meeting).order_by("pk")
    assert [row.organization.code for row in kept] == ["X01-UBND", "UBND"]
    assert kept[0] == issued
    assert Invitation.objects.filter(pk=draft.pk).count() == 0
    states = {duty.creditor.code: duty.void_reason for duty in Duty.objects.all()}
    assert states == {"UBND": "", "SXD": "Cơ quan kế thừa đã có nghĩa vụ này."}
    begun = Contact.objects.get(organization=world["UBND"])
    assert (begun.valid_from, begun.valid_to) == (DAY, None)  # an address that had ended begins anew


def test_what_cannot_be_moved_is_said(cast: Cast) -> None:
    meet.meeting(cast.world, starts_at=clock.at_time(date(2026, 7, 10)))
    plan = plan_merger(sources=[cast.world["HDND"]], successor=cast.world["T2-HDND"], day=DAY)
    told = {section.title: section.lines for section in plan.sections}
    assert told["Còn mở: cuộc họp đã lập"] == (
        "Thường trực HĐND tỉnh Vĩnh Giang: họp ngày 10/07/2026 (lập lại ở cơ quan kế thừa)",
    )
    assert "Sở Xây dựng" not in str(told)
    plan = plan_merger(sources=[cast.world["UBND"]], successor=cast.world["X01-UBND"], day=DAY)
    by_hand = next(section.lines for section in plan.sections if section.title == "Còn phải làm bằng tay")
    assert by_hand[-1] == (
        "Sở Xây dựng còn trực thuộc Ủy ban nhân dân tỉnh Vĩnh Giang: sáp nhập tiếp, hoặc sửa cơ quan cấp trên."
    )


def test_itself_and_circles_are_refused(cast: Cast) -> None:
    cast.world["UBND"].successors.add(cast.world["SXD"])
    for sources, into, day in (
        (["SXD"], "SXD", DAY),
        (["SXD"], "UBND", DAY),  # UBND passed into SXD before
        (["HDND"], "TTHDND", DAY),  # ends with its council
        (["X01-UBND"], "SXD", date(2025, 7, 1)),  # its first day
    ):
        with refused(DomainError):
            merge_bodies(
                actor=cast.admin, sources=[cast.world[code] for code in sources], successor=cast.world[into], day=day,
                mark="",
            )  # fmt: skip


def test_a_seat_that_begins_later_stops_it(cast: Cast) -> None:
    make.membership(make.person("Người Sau"), cast.world["SXD"], valid_from=DAY)
    with pytest.raises(
        DomainError, match="Người Sau, Ủy viên, Sở Xây dựng bắt đầu ngày 01/07/2026"
    ) as caught:
        plan_merger(sources=[cast.world["SXD"]], successor=cast.world["UBND"], day=DAY)
    assert caught.value.field == "day"


def test_what_changed_since_it_was_read_is_not_done(cast: Cast) -> None:
    plan = plan_merger(sources=[cast.world["SXD"]], successor=cast.world["UBND"], day=DAY)
    make.contact(cast.world["SXD"], "moi@soxd.test")
    with refused(DomainError):
        merge(cast, "SXD", into="UBND", mark=plan.mark)


@pytest.mark.parametrize("part", ["secretary", "leader", "delegate", "partner", "agency", "outsider"])
def test_only_administrators_merge(cast: Cast, part: str) -> None:
    with refused(PermissionDenied):
        merge(cast, "SXD", into="UBND", actor=getattr(cast, part))
