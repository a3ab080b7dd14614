"""The pages of an import: what is said of a bad file, what of each row, and what may be done."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from councils.choices import ImportKind, ImportState
from councils.models import ImportRun, Person
from councils.services import importing
from tests.cast import Cast
from tests.councils.imports.files import PEOPLE, workbook

pytestmark = pytest.mark.django_db
START = "councils:import_start"
EVIL = "<script>alert('tên')</script>"


@pytest.fixture
def admin(cast: Cast, client: Client) -> Client:
    """A browser of the administrator."""
    client.force_login(cast.admin)
    return client


def upload(
    client: Client, content: bytes, name: str = "danh sách.xlsx", kind: str = ImportKind.PEOPLE
) -> Any:
    return client.post(reverse(START), {"kind": kind, "file": SimpleUploadedFile(name, content)})


def people(*rows: list[Any]) -> bytes:
    return workbook(PEOPLE, *rows)


def test_a_file_goes_from_upload_to_written(admin: Client) -> None:
    content = people(["P90", "Bùi Đức Anh", "nam", 1975, "", ""], ["P91", "", "", "", "", ""])
    answer = upload(admin, content)
    run = ImportRun.objects.get()
    address = reverse("councils:import_run", args=[run.pk])
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = admin.get(address)
    assert [(label, count) for _, label, count in page.context["figures"]] == [
        ("lỗi", 1), ("mới", 1), ("thay đổi", 0), ("không đổi", 0),
    ]  # fmt: skip
    text = page.content.decode()
    assert ("Nhập 1 dòng hợp lệ" in text, "Ô này không được bỏ trống." in text) == (True, True)
    assert [row.number for row in admin.get(address, {"ket_qua": "bad"}).context["page"]] == [3]

    confirm = reverse("councils:import_confirm", args=[run.pk])
    stopped = admin.post(confirm)
    assert (stopped.status_code, "Còn dòng lỗi." in stopped.content.decode()) == (422, True)
    assert Person.objects.filter(code="P90").count() == 0
    done = admin.post(confirm, {"only_valid": "on"}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["Đã ghi 1 dòng từ danh sách.xlsx."]
    assert Person.objects.get(code="P90").birth_year == 1975


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.xlsx", "Tệp rỗng. Chọn lại tệp có dữ liệu."),
        (b"%PDF-1.7", "a.xlsx", "nội dung không phải Excel"),
        (workbook(["A"], ["x"]), "a.xlsx", "Thiếu cột “Họ và tên”. Tệp đang có: A."),
        (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "Tệp lớn hơn 5 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    admin: Client, content: bytes, name: str, message: str
) -> None:
    answer = upload(admin, content, name, ImportKind.PEOPLE)
    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)
    (error,) = answer.context["form"].errors["file"]
    assert message in error
    assert answer.context["form"]["kind"].value() == ImportKind.PEOPLE


def test_no_file_at_all(admin: Client) -> None:
    answer = admin.post(reverse(START), {"kind": ImportKind.PEOPLE})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["Chọn tệp cần nhập."])


def test_while_a_worker_is_at_it_the_page_waits_and_then_turns(admin: Client, cast: Cast) -> None:
    run = importing.start_import(
        actor=cast.admin, kind=ImportKind.PEOPLE, filename="a.xlsx",
        content=people(*([f"N{index}", f"Người {index}", "", "", "", ""] for index in range(501))),
    )  # fmt: skip
    address = reverse("councils:import_run", args=[run.pk])
    waiting = admin.get(address, {"theo-doi": 1}, headers={"hx-request": "true"})
    text = waiting.content.decode()
    assert ("<html" in text, "0/501 dòng" in text, "every 2s" in text) == (False, True, True)
    assert admin.post(reverse("councils:import_confirm", args=[run.pk])).status_code == 422
    importing.check_import(run_id=run.pk)
    done = admin.get(address, {"theo-doi": 1}, headers={"hx-request": "true"})
    assert done["HX-Refresh"] == "true"
    assert ImportRun.objects.get().state == ImportState.CHECKED


def test_the_rows_take_as_many_queries_for_30_as_for_one(admin: Client) -> None:
    counts = []
    for number in (1, 1, 30):
        upload(admin, people(*([f"Q{index}", f"Người {index}", "", 7, "", ""] for index in range(number))))
        address = reverse("councils:import_run", args=[ImportRun.objects.latest("pk").pk])
        with CaptureQueriesContext(connection) as captured:
            assert len(admin.get(address).context["page"]) == number
        counts.append(len(captured))
    assert counts[1] == counts[2]


def test_scripts_in_cells_are_text(admin: Client) -> None:
    upload(admin, people(["P07", EVIL, EVIL, "", "", ""], ["P08", EVIL, "", "", "", ""]), f"{EVIL}.xlsx"[:60])
    page = admin.get(reverse("councils:import_run", args=[ImportRun.objects.get().pk])).content.decode()
    assert ("<script>alert" in page, page.count("&lt;script&gt;alert") >= 3) == (False, True)


def test_unknown_kinds_are_not_found(admin: Client) -> None:
    for name in ("councils:import_template", "councils:export_sheet"):
        assert admin.get(reverse(name, args=["khac"])).status_code == 404


def test_the_door_is_shown_to_administrators_alone(cast: Cast, client: Client) -> None:
    seen = {}
    for name, user in cast.persons().items():
        if user:
            client.force_login(user)
            page = client.get(reverse("councils:organization_list")).content.decode()
            seen[name] = reverse("councils:manage") in page
    assert [name for name, shown in seen.items() if shown] == ["admin"]
