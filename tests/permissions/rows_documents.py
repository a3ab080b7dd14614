"""Rows of the register: TTHDND's office keeps it, its leader and delegates look."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document
from documents.services import reserve_numbers
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone
from tests.permissions.rows_meetings import paper, pk


def letterheads(cast: Cast) -> None:
    """TTHDND and X01-TT issue papers."""
    make.issuer(cast.world["TTHDND"])
    make.issuer(cast.world["X01-TT"])


def reserved(cast: Cast) -> Document:
    """A number kept by TTHDND."""
    letterheads(cast)
    (line,) = reserve_numbers(
        actor=cast.secretary,
        organization=cast.world["TTHDND"],
        doc_type="NQ",
        purpose="Nghị quyết đầu tư công",
    )
    return line


def number(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk,
        "doc_type": "NQ",
        "purpose": "Nghị quyết đầu tư công",
        "count": 1,
    }


def signed(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        **number(cast, made), "subject": "Về đầu tư công", "issued_on": f"{clock.today():%Y-%m-%d}",
        "signer_name": "Nguyễn Đình Lâm", "file": SimpleUploadedFile("nq.pdf", BLANK),
    }  # fmt: skip


def pdf(cast: Cast, made: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("a.pdf", BLANK)}


def data_of(cast: Cast, made: Any) -> dict[str, Any]:
    return {**pk(cast, made), "kind": "json"}


SEEN = everyone(404, secretary=200, leader=200, delegate=200)
KEPT = everyone(404, secretary=302, leader=403, delegate=403)
# Another office with a letterhead keeps its own book, not this one.
OPEN = everyone(403, secretary=200, outsider=200)
DONE = everyone(403, secretary=302, outsider=422)

ROWS = (
    Row("documents:document_list", everyone(200), NOT_ALLOWED),
    Row("documents:document_file", everyone(200, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=pk, setup=paper),
    Row("documents:signature_check", everyone(200), everyone(200), data=pdf),
    Row("documents:document_signatures", everyone(200, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=pk, setup=paper),
    Row("documents:book_print", NOT_ALLOWED, everyone(403, secretary=200, leader=200, delegate=200, outsider=200), setup=letterheads),
    Row("documents:paper_register", OPEN, DONE, setup=letterheads, data=signed),
    Row("documents:number_reserve", OPEN, DONE, setup=letterheads, data=number),
    Row("documents:number_detail", SEEN, NOT_ALLOWED, args=pk, setup=reserved),
    Row("documents:number_fill", NOT_ALLOWED, KEPT, args=pk, setup=reserved, data=signed),
    Row("documents:document_data", everyone(200, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=data_of, setup=paper),
    Row("documents:document_edxml", everyone(403, secretary=302, agency=404, outsider=404, admin=404), NOT_ALLOWED, args=pk, setup=paper),
    Row("documents:number_sign", everyone(404, secretary=200, leader=403, delegate=403), everyone(404, secretary=422, leader=403, delegate=403), args=pk, setup=reserved, data=signed),
    Row("documents:number_void", NOT_ALLOWED, KEPT, args=pk, setup=reserved, data=lambda cast, made: {"reason": "Văn bản không ban hành nữa"}),
)  # fmt: skip
