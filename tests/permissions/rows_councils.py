"""Rows of councils: the directory is everyone's, its management the administrators'."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from councils.choices import ImportKind
from councils.models import ImportRun
from councils.services.importing import start_import
from tests.cast import Cast
from tests.permissions.row import NOT_ALLOWED, Row, everyone

ADMIN_ONLY = everyone(403, admin=200)
ADMIN_DOES = everyone(403, admin=302)
CSV = "Mã người,Họ và tên\r\nP90,Bùi Đức Anh\r\n".encode()


def checked(cast: Cast) -> ImportRun:
    """A file that waits for its confirmation."""
    return start_import(actor=cast.admin, kind=ImportKind.PEOPLE, content=CSV, filename="nguoi.csv")


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def kind(cast: Cast, made: Any) -> dict[str, Any]:
    return {"kind": ImportKind.PEOPLE.value}


ROWS: tuple[Row, ...] = (
    Row("councils:organization_list", everyone(200), NOT_ALLOWED),
    Row(
        "councils:organization_detail",
        everyone(200),
        NOT_ALLOWED,
        args=lambda cast, made: {"pk": cast.world["X01-TT"].pk},
    ),
    Row("councils:manage", ADMIN_ONLY, NOT_ALLOWED),
    Row(
        "councils:import_start",
        ADMIN_ONLY,
        ADMIN_DOES,
        data=lambda cast, made: {"kind": "nguoi", "file": SimpleUploadedFile("nguoi.csv", CSV)},
    ),
    Row("councils:import_template", ADMIN_ONLY, NOT_ALLOWED, args=kind),
    Row("councils:export_sheet", ADMIN_ONLY, NOT_ALLOWED, args=kind),
    Row("councils:import_run", ADMIN_ONLY, NOT_ALLOWED, args=pk, setup=checked),
    Row("councils:import_confirm", everyone(405), ADMIN_DOES, args=pk, setup=checked),
    Row("councils:import_bad_rows", ADMIN_ONLY, NOT_ALLOWED, args=pk, setup=checked),
    Row("councils:role_list", ADMIN_ONLY, NOT_ALLOWED),
    Row("councils:journal", ADMIN_ONLY, NOT_ALLOWED),
    # A form posted empty comes back with what is missing.
    *(
        Row(f"councils:{name}", ADMIN_ONLY, everyone(403, admin=422))
        for name in ("merger", "term", "liaison")
    ),
)
