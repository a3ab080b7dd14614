"""A large database: 2,000 organizations, 20,000 meetings, 200,000 invitations and as many duties."""

from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType

from coordination.models import Clause, Duty, Regulation
from councils.choices import RoleKind
from councils.models import Area, Membership, Organization, Person, Post, Role, User
from documents.demo import load_issuers
from hdnd.lib import clock
from meetings.models import AgendaItem, Invitation, Meeting

ORGANIZATIONS, MEETINGS, INVITED = 2_000, 20_000, 10
BATCH = 5_000


def fill() -> User:
    """Writes the rows and returns the secretary who looks at them."""
    today = clock.today()
    area = Area(code="B", name="tỉnh Đo Lường", kind="province", valid_from=date(1997, 1, 1))
    area.save()
    council = Organization(code="B-HDND", name="HĐND tỉnh Đo Lường", kind="council", area=area)
    council.save()
    host = Organization(
        code="B-TT", name="Thường trực HĐND tỉnh", kind="standing_committee", area=area, parent=council
    )
    host.save()
    others = [
        Organization(code=f"B{index:04d}", name=f"Cơ quan số {index}", kind="department", area=area)
        for index in range(ORGANIZATIONS - 2)
    ]
    for body in others:
        body.refresh_derived()
    others = Organization.objects.bulk_create(others, BATCH)
    load_issuers()
    people(host)
    meetings(host, others, today)
    clerk = Person(full_name="Nguyễn Thị Thư Ký", code="B-TK")
    clerk.save()
    user = User.objects.create_user("bench", "bench@bench.test", "x", person=clerk)
    Role.objects.create(user=user, organization=host, kind=RoleKind.SECRETARY)
    return user


def people(host: Organization) -> None:
    """Seven members."""
    post = Post.objects.create(
        organization_kind=host.kind, name="Chủ tịch HĐND", rank=1, is_leader=True, is_head=True
    )
    for index in range(7):
        person = Person(full_name=f"Nguyễn Văn Thứ {index}", code=f"B{index}")
        person.save()
        Membership.objects.create(person=person, organization=host, post=post, valid_from=date(2020, 1, 1))


def meetings(host: Organization, others: list[Organization], today: date) -> None:
    """Meetings over ten years, half of them of the secretary's host, each with three items and ten invited."""
    chair = Person.objects.get(code="B0")
    rows = []
    for index in range(MEETINGS):
        body = host if index % 2 else others[index % len(others)]
        start = clock.at_time(today + timedelta(days=30) - timedelta(hours=index * 4), 8)
        row = Meeting(
            kind="standing_meeting", title=f"Phiên họp số {index}", host=body, starts_at=start, chair=chair,
            place=f"Phòng họp số {index % 9}", state="approved" if start < clock.now() else "invited", code=f"B{index}",
        )  # fmt: skip
        row.refresh_derived()
        rows.append(row)
    rows = Meeting.objects.bulk_create(rows, BATCH)
    AgendaItem.objects.bulk_create(
        (
            AgendaItem(meeting=row, position=n, title=f"Nội dung {n}", minutes=20)
            for row in rows
            for n in (1, 2, 3)
        ),
        BATCH,
    )
    issued = clock.now() - timedelta(days=40)
    Invitation.objects.bulk_create(
        (
            Invitation(
                meeting=row, organization=others[(index * INVITED + n) % len(others)], issued_at=issued,
                answer="accepted" if n % 3 else "", basis="hand",
            )
            for index, row in enumerate(rows)
            for n in range(INVITED)
        ),
        BATCH,
    )  # fmt: skip
    duties(rows, others)


def duties(rows: list[Meeting], others: list[Organization]) -> None:
    """One duty for each invitation."""
    regulation = Regulation.objects.create(code="B", title="Quy chế đo lường", valid_from=date(2016, 1, 1))
    clause = Clause.objects.create(
        regulation=regulation, code="R99", article="Điều 1", sentence="Mời.", event_kinds=["standing_meeting"],
        host_kinds=["standing_committee"], counterpart_kinds=["department"],
    )  # fmt: skip
    kind = ContentType.objects.get_for_model(Meeting)
    Duty.objects.bulk_create(
        (
            Duty(
                clause=clause, content_type=kind, object_id=row.pk, event_kind=row.kind,
                occasion_title=row.title, search=row.search,
                event_on=row.day, mode="invite", debtor_id=row.host_id,
                creditor=others[(index * INVITED + n) % len(others)], due_on=row.day - timedelta(days=7),
                settled_on=row.day - timedelta(days=8) if n % 5 else None,
            )
            for index, row in enumerate(rows)
            for n in range(INVITED)
        ),
        BATCH,
    )  # fmt: skip
