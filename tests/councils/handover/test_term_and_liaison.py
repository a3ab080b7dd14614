"""A council's new term, and an account whose holder leaves."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from councils.choices import RoleKind
from councils.handover.liaison import plan_liaison
from councils.handover.term import plan_term
from councils.models import Contact, CouncilTerm, LegislativeTerm, Membership, Role, User
from councils.services.handing_over import change_term, replace_liaison
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from tests import factories as make
from tests.cast import Cast
from tests.ledger import refused, verbs

pytestmark = pytest.mark.django_db
LAST, ORGANS = date(2031, 3, 20), date(2031, 4, 5)
DAY, DAY_BEFORE = date(2026, 7, 1), date(2026, 6, 30)


@pytest.fixture
def term(cast: Cast) -> LegislativeTerm:
    """The term after the running one."""
    return make.term("2031-2036", valid_from=date(2031, 3, 21))


def change(cast: Cast, term: LegislativeTerm, **changes: Any) -> Any:
    given = {
        "council": cast.world["HDND"], "term": term, "ordinal": "XIX", "seats": 62, "last_day": LAST, "organs_until": ORGANS,
        **changes,
    }  # fmt: skip
    actor = given.pop("actor", cast.admin)
    return change_term(actor=actor, mark=plan_term(**given).mark, **given)


def test_seats_end_on_their_days_and_the_new_term_begins(cast: Cast, term: LegislativeTerm) -> None:
    make.membership(make.person("Khóa Mới"), cast.world["HDND"], "Đại biểu", valid_from=date(2031, 3, 21))
    make.membership(make.person("Đã Thôi"), cast.world["HDND"], "Đại biểu", valid_to=date(2028, 1, 1))
    change(cast, term)
    ends = Membership.objects.values_list("organization__code", "person__full_name", "valid_to")
    of = {(body, name): end for body, name, end in ends}
    assert [of["HDND", name] for name in ("Bùi Đức Đại", "Khóa Mới", "Đã Thôi")] == [
        LAST,
        None,
        date(2028, 1, 1),
    ]
    assert (of["TTHDND", "Bùi Đức Đại"], of["UBND", "Đặng Hữu Phước"]) == (ORGANS, None)
    new = CouncilTerm.objects.get(council=cast.world["HDND"], term=term)
    assert (new.ordinal, new.seats) == ("XIX", 62)
    rights = {role.user.username: role.valid_to for role in Role.objects.select_related("user")}
    assert (rights["daibieu"], rights["lanhdao"], rights["thuky"], rights["ubnd"]) == (
        LAST,
        ORGANS,
        None,
        None,
    )
    assert verbs(cast.world["HDND"]) == ["councils.organization.term_changed"]


def test_the_plan_says_which_seats_end_on_which_day(cast: Cast, term: LegislativeTerm) -> None:
    make.membership(make.person("Vượt Hạn"), cast.world["BPC"], valid_to=date(2032, 1, 1))
    plan = change(cast, term)
    told = {section.title: section.lines for section in plan.sections}
    council, organs = (
        told[f"Tư cách thành viên kết thúc đến hết ngày {day}"] for day in ("20/03/2031", "05/04/2031")
    )
    assert (len(council), len(organs)) == (8, 8)
    assert organs[0] == "Vượt Hạn, Ủy viên, Ban Pháp chế HĐND tỉnh (trước ghi đến 01/01/2032)"


def test_organs_end_with_the_council_unless_they_serve_on(cast: Cast, term: LegislativeTerm) -> None:
    change(cast, term, organs_until=None)
    assert {row.valid_to for row in Membership.objects.filter(organization=cast.world["TTHDND"])} == {LAST}


def test_a_term_that_is_entered_already_is_kept(cast: Cast, term: LegislativeTerm) -> None:
    kept = CouncilTerm.objects.create(council=cast.world["HDND"], term=term, ordinal="XX", seats=70)
    change(cast, term, ordinal="", seats=None)
    assert list(CouncilTerm.objects.filter(term=term)) == [kept]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": date(2031, 3, 21)}, "last_day"),
        ({"organs_until": date(2031, 3, 19)}, "organs_until"),
        ({"seats": None}, "seats"),
    ],
)
def test_days_in_the_wrong_order_are_refused(
    cast: Cast, term: LegislativeTerm, changes: dict[str, Any], field: str
) -> None:
    with refused(DomainError, field=field):
        change(cast, term, **changes)


def test_only_a_council_has_terms(cast: Cast, term: LegislativeTerm) -> None:
    with refused(DomainError, field="council"):
        change(cast, term, council=cast.world["UBND"])


def test_only_administrators_change_terms(cast: Cast, term: LegislativeTerm) -> None:
    with refused(PermissionDenied):
        change(cast, term, actor=cast.secretary)


# ---- the liaison ------------------------------------------------------------------------------------------


def replace(cast: Cast, successor: User, **changes: Any) -> Any:
    given = {"leaver": cast.partner, "successor": successor, "day": DAY}
    mark = plan_liaison(**given).mark
    return replace_liaison(**{"actor": cast.admin, "mark": mark, **given, **changes})


def test_a_new_account_takes_over_roles_and_addresses(cast: Cast) -> None:
    make.contact(cast.world["UBND"], "UBND@hdnd.test", kind="liaison", receives_invitations=False)
    make.contact(cast.world["UBND"], "vanthu@ubnd.test")
    make.contact(cast.world["SXD"], "ubnd@hdnd.test")
    new = User(username="ubnd2", last_name="Lê Thị", first_name="Mới", email="moi@ubnd.test")
    replace(cast, new)
    made = User.objects.get(username="ubnd2")
    assert (made.has_usable_password(), made.display_name) == (False, "Lê Thị Mới")
    roles = Role.objects.filter(organization=cast.world["UBND"]).order_by("pk")
    assert [(row.user, row.kind, row.valid_from, row.valid_to) for row in roles] == [
        (cast.partner, RoleKind.LIAISON, None, DAY_BEFORE), (made, RoleKind.LIAISON, DAY, None),
    ]  # fmt: skip
    book = Contact.objects.order_by("pk").values_list("email", "valid_to", "receives_invitations")
    assert list(book) == [
        ("UBND@hdnd.test", DAY_BEFORE, False), ("vanthu@ubnd.test", None, True), ("ubnd@hdnd.test", None, True),
        ("moi@ubnd.test", None, False),
    ]  # fmt: skip
    assert verbs(cast.partner) == ["councils.user.handed_over"]
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("moi@ubnd.test", "Nhận bàn giao công việc đầu mối từ ngày 01/07/2026")
    assert "- Đầu mối phối hợp, Ủy ban nhân dân tỉnh Vĩnh Giang\n" in mail.text
    assert mail.text.strip().splitlines()[-1] == (
        f"Đặt mật khẩu lần đầu tại {settings.SITE_URL}{reverse('account_reset_password')} bằng địa chỉ thư này."
    )


def test_an_account_that_has_the_role_gets_it_no_second_time(cast: Cast) -> None:
    make.role(cast.agency, RoleKind.LIAISON, cast.world["UBND"])
    replace(cast, cast.agency)
    assert Role.objects.filter(user=cast.agency, organization=cast.world["UBND"]).count() == 1
    assert [row.valid_to for row in Role.objects.filter(user=cast.partner)] == [DAY_BEFORE]


def test_a_role_that_ends_by_itself_passes_with_its_end(cast: Cast) -> None:
    Role.objects.filter(user=cast.partner).update(valid_to=date(2026, 12, 31))
    replace(cast, cast.agency)
    assert Role.objects.get(user=cast.agency, organization=cast.world["UBND"]).valid_to == date(2026, 12, 31)


@pytest.mark.parametrize("case", ["same", "locked", "nothing", "no address"])
def test_hand_overs_that_make_no_sense_are_refused(cast: Cast, case: str) -> None:
    make.contact(cast.world["UBND"], "ubnd@hdnd.test")
    successor, field = cast.agency, "successor"
    if case == "same":
        successor = cast.partner
    elif case == "locked":
        successor.is_active = False
    elif case == "nothing":
        Role.objects.filter(user=cast.partner).update(valid_to=DAY_BEFORE)
        field = "leaver"
    else:
        successor.email, field = "", "email"
    with refused(DomainError, field=field):
        replace(cast, successor)


def test_only_administrators_hand_over(cast: Cast) -> None:
    with refused(PermissionDenied):
        replace(cast, cast.agency, actor=cast.secretary)
