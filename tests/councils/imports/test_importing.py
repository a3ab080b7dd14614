"""The verbs: a file is checked and nothing written, confirmed and all written with its audit, or nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.choices import ImportKind, ImportState
from councils.imports import sheets
from councils.models import Contact, ImportRun, Membership, Organization, Person, Role
from councils.queries import bad_import_rows, import_counts
from councils.services import importing
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from tests import factories as make
from tests.cast import Cast
from tests.councils.imports.files import BODIES, PEOPLE, SEATS, workbook
from tests.ledger import refused

pytestmark = pytest.mark.django_db

GOOD = ["P90", "Bùi Đức Anh", "nam", 1975, "anh@hdnd.test", "0912"]
CHANGE = ["P07", "Bùi Đức Đại", "nam", None, None, None]
SAME = ["P08", "Vũ Thị Mai Anh", None, None, None, None]
BAD = ["P91", "", None, None, None, None]


def start(
    cast: Cast, *rows: list[Any], kind: str = ImportKind.PEOPLE, heads: list[str] = PEOPLE
) -> ImportRun:
    return importing.start_import(
        actor=cast.admin, kind=kind, content=workbook(heads, *rows), filename="danh sách.xlsx"
    )


def test_a_check_counts_and_writes_no_person(cast: Cast) -> None:
    people = Person.objects.count()
    run = start(cast, GOOD, CHANGE, SAME, BAD)
    run.refresh_from_db()
    assert (run.state, run.total, dict(import_counts(run))) == (
        ImportState.CHECKED, 4, {"new": 1, "changed": 1, "same": 1, "bad": 1},
    )  # fmt: skip
    assert (Person.objects.count(), Person.objects.get(code="P07").gender) == (people, "")
    assert [entry.verb for entry in Entry.objects.all()] == ["councils.import.uploaded"]


def test_confirming_writes_each_row_with_its_audit(cast: Cast) -> None:
    run = importing.confirm_import(actor=cast.admin, run=start(cast, GOOD, CHANGE, SAME), only_valid=False)
    assert (run.state, run.written) == (ImportState.DONE, 2)
    person = Person.objects.get(code="P90")
    assert (person.full_name, person.birth_year, person.search, person.sort_key != "") == (
        "Bùi Đức Anh", 1975, "bui duc anh p90", True,
    )  # fmt: skip
    entries = Entry.objects.exclude(verb__startswith="councils.import").order_by("pk")
    assert [(entry.verb, entry.object, entry.actor) for entry in entries] == [
        ("councils.person.created", person, cast.admin),
        ("councils.person.changed", cast.world.people["P07"], cast.admin),
    ]
    assert entries[0].changes["full_name"] == [None, "Bùi Đức Anh"]
    assert entries[1].changes == {"gender": ["", "m"]}
    last = Entry.objects.order_by("-pk")[0]
    assert (last.verb, last.changes) == ("councils.import.written", {"written": 2})


def test_bad_rows_forbid_the_whole_unless_they_are_left_out(cast: Cast) -> None:
    run = start(cast, GOOD, BAD)
    with refused(DomainError, field="only_valid"):
        importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
    importing.confirm_import(actor=cast.admin, run=run, only_valid=True)
    assert list(Person.objects.filter(code__in=["P90", "P91"]).values_list("code", flat=True)) == ["P90"]
    with refused(DomainError):
        importing.confirm_import(actor=cast.admin, run=run, only_valid=True)


def test_nothing_to_write_is_said(cast: Cast) -> None:
    run = start(cast, SAME, BAD)
    with refused(DomainError):
        importing.confirm_import(actor=cast.admin, run=run, only_valid=True)


def test_what_changed_since_the_check_is_shown_before_anything_is_written(cast: Cast) -> None:
    run = start(cast, GOOD, CHANGE)
    make.person("Bùi Đức Anh", code="P90")
    run = importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
    assert (run.state, run.written, dict(import_counts(run))) == (ImportState.CHECKED, 0, {"changed": 2})
    assert run.problem.startswith("Dữ liệu đã thay đổi từ lúc kiểm tra, chưa ghi dòng nào.")
    assert Person.objects.get(code="P07").gender == ""
    assert importing.confirm_import(actor=cast.admin, run=run, only_valid=False).written == 2


def test_a_whole_family_in_one_file(cast: Cast) -> None:
    run = start(
        cast,
        ["X09-HDND", "HĐND xã Mới", "Hội đồng nhân dân", "X03", "", ""],
        ["X09-TT", "Thường trực HĐND xã Mới", "Thường trực HĐND", "X03", "X09-HDND", "01/08/2025"],
        kind=ImportKind.ORGANIZATIONS, heads=BODIES,
    )  # fmt: skip
    importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
    body = Organization.objects.get(code="X09-TT")
    assert (body.parent.code, body.level, body.valid_from, body.parent.valid_from) == (
        "X09-HDND", "commune", date(2025, 8, 1), make.TWO_TIER,
    )  # fmt: skip


def test_seats_are_written(cast: Cast) -> None:
    make.person("Người Mới", code="P90")
    run = start(
        cast, ["P90", "", "HDND", "Đại biểu", "27/03/2026", "", "có", "Đơn vị số 3"],
        ["P08", "", "HDND", "Đại biểu", "27/03/2026", "30/06/2026", "", ""],
        kind=ImportKind.MEMBERSHIPS, heads=SEATS,
    )  # fmt: skip
    importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
    seat = Membership.objects.get(person__code="P90")
    assert (seat.organization.code, seat.post.name, seat.valid_from, seat.is_fulltime, seat.constituency) == (
        "HDND", "Đại biểu", date(2026, 3, 27), True, "Đơn vị số 3",
    )  # fmt: skip
    assert Membership.objects.get(person__code="P08").valid_to == date(2026, 6, 30)


@pytest.mark.parametrize("part", ["secretary", "leader", "delegate", "partner", "agency", "outsider"])
def test_only_administrators_import(cast: Cast, part: str) -> None:
    run = start(cast, GOOD)
    with refused(PermissionDenied):
        importing.start_import(
            actor=getattr(cast, part), kind=ImportKind.PEOPLE, content=b"", filename="a.csv"
        )
    with refused(PermissionDenied):
        importing.confirm_import(actor=getattr(cast, part), run=run, only_valid=False)


def test_an_unreadable_file_leaves_nothing(cast: Cast) -> None:
    with refused(DomainError, field="file"):
        importing.start_import(actor=cast.admin, kind=ImportKind.PEOPLE, content=b"%PDF", filename="a.xlsx")


@pytest.mark.parametrize("kind", ImportKind.values)
def test_an_export_imported_again_changes_nothing(cast: Cast, kind: str) -> None:
    make.person("+Nguyễn Văn A", code=None, phone="+84 912")
    make.membership(
        make.person("Lý Văn Cũ", code=None, birth_year=1960), cast.world["UBND"], valid_to=date(2026, 5, 1)
    )
    make.contact(cast.world["UBND"], "Van.Thu@ubnd.test", phone="=1+1", valid_from=date(2026, 1, 1))
    run = importing.start_import(
        actor=cast.admin, kind=kind, content=sheets.export(kind), filename="xuat.xlsx"
    )
    model = {
        "co-quan": Organization, "nguoi": Person, "thanh-vien": Membership, "lien-he": Contact
    }[kind]  # fmt: skip
    assert dict(import_counts(run)) == {"same": model.objects.count()}


@pytest.mark.parametrize("kind", ImportKind.values)
def test_a_template_names_all_columns_and_holds_no_data(cast: Cast, kind: str) -> None:
    with pytest.raises(DomainError, match="không có dòng dữ liệu nào"):
        importing.start_import(
            actor=cast.admin, kind=kind, content=sheets.template(kind), filename="mau.xlsx"
        )


def test_bad_rows_come_back_as_they_were_with_their_reasons(cast: Cast) -> None:
    import io

    from openpyxl import load_workbook

    run = start(cast, GOOD, ["P92", "Người", None, None, "sai", None], BAD)
    book = load_workbook(io.BytesIO(sheets.bad_rows(run, bad_import_rows(run))))
    assert [[cell or "" for cell in row] for row in book.active.iter_rows(values_only=True)] == [
        [*PEOPLE, "Lý do cần sửa"],
        [
            "P92",
            "Người",
            "",
            "",
            "sai",
            "",
            "Thư điện tử: Không phải địa chỉ thư điện tử. Ghi dạng ten@coquan.gov.vn, một địa chỉ một ô.",
        ],
        ["P91", "", "", "", "", "", "Họ và tên: Ô này không được bỏ trống."],
    ]


# ---- long files and workers -------------------------------------------------------------------------------


def many(number: int) -> list[list[Any]]:
    return [
        [f"N{index}", f"Nguyễn Văn {index}", "nam", 1970, f"n{index}@hdnd.test", ""]
        for index in range(number)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_checked_and_written_by_a_worker(cast: Cast, eager_tasks: None) -> None:
    rows = many(importing.BACKGROUND_ABOVE + 1)
    run = start(cast, *rows)
    run.refresh_from_db()
    assert (run.state, run.total) == (ImportState.CHECKED, len(rows))
    run = importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
    run.refresh_from_db()
    assert (run.state, run.written) == (ImportState.DONE, len(rows))
    assert Person.objects.filter(code__startswith="N").count() == len(rows)
    importing.write_import(run_id=run.pk)  # given out twice
    importing.check_import(run_id=run.pk)
    assert Entry.objects.filter(verb="councils.person.created").count() == len(rows)


def test_without_a_worker_it_waits_and_the_sweep_takes_it_up(cast: Cast) -> None:
    run = start(cast, *many(importing.BACKGROUND_ABOVE + 1))
    assert (run.state, run.is_running) == (ImportState.CHECKING, True)
    assert importing.take_up_left() == []
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert importing.take_up_left() == [run.pk]
        assert importing.take_up_left() == []


def test_a_right_that_ended_before_the_worker_came(cast: Cast) -> None:
    run = start(cast, GOOD)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.IMPORTING)
    Role.objects.filter(user=cast.admin).update(valid_to=clock.today() - timedelta(days=1))
    importing.write_import(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, Person.objects.filter(code="P90").count()) == (ImportState.CHECKED, 0)
    assert run.problem.startswith("Tài khoản xác nhận không còn quyền quản trị")


def test_writing_takes_hardly_more_queries_for_400_rows_than_for_one(cast: Cast) -> None:
    counts = []
    for rows in (many(1), [[f"M{row[0]}", *row[1:]] for row in many(400)]):
        run = start(cast, *rows)
        with CaptureQueriesContext(connection) as captured:
            importing.confirm_import(actor=cast.admin, run=run, only_valid=False)
        counts.append(len(captured))
    assert counts[1] - counts[0] <= 10  # a few batches more, as SQLite takes a thousand values a statement
