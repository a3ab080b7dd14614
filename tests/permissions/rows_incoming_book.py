"""Rows of the incoming book: TTHDND's office keeps it, its leader and delegates look."""

from typing import Any

from documents.models import Document, IncomingDocument
from documents.services import issue
from documents.services.incoming import ArrivalInput, register_arrival, settle_arrival
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone
from tests.permissions.rows_documents import letterheads
from tests.permissions.rows_meetings import pk


def entered(cast: Cast) -> IncomingDocument:
    """A paper with its scan in TTHDND's book."""
    letterheads(cast)
    arrival = ArrivalInput(
        arrived_on=clock.today(), subject="Về quy hoạch", author="Sở Nội vụ", file_name="a.pdf", content=BLANK
    )
    return register_arrival(actor=cast.secretary, organization=cast.world["TTHDND"], arrival=arrival)


def settled(cast: Cast) -> IncomingDocument:
    return settle_arrival(
        actor=cast.secretary, line=entered(cast), done_on=clock.today(), result="Lưu để biết"
    )


def sent(cast: Cast) -> Document:
    """A paper of UBND to TTHDND and to Tân Hòa's office."""
    letterheads(cast)
    make.issuer(cast.world["UBND"])
    return issue(
        actor=cast.partner, organization=cast.world["UBND"], doc_type="BC", subject="Báo cáo", signer_name="A",
        signer_title="B", recipients=[], addressees=[cast.world["TTHDND"], cast.world["X01-TT"]],
        render=lambda issuer, taken: BLANK,
    )  # fmt: skip


def data(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "author": "Sở Nội vụ", "subject": "Về biên chế",
        "arrived_on": f"{clock.today():%Y-%m-%d}", "done_on": f"{clock.today():%Y-%m-%d}", "result": "Lưu để biết",
        "unit": "Phòng Công tác HĐND", "reason": "Vào sổ nhầm văn bản",
    }  # fmt: skip


SEEN = everyone(404, secretary=200, leader=200, delegate=200)
KEPT = everyone(404, secretary=302, leader=403, delegate=403)
EDITED = everyone(404, secretary=200, leader=403, delegate=403)

ROWS = (
    Row("documents:incoming_list", everyone(200), NOT_ALLOWED),
    Row("documents:incoming_followup", everyone(200), NOT_ALLOWED),
    Row("documents:incoming_waiting", everyone(200), NOT_ALLOWED),
    # Another office enters into its own book, not into this one.
    Row("documents:incoming_register", everyone(403, secretary=200, outsider=200), everyone(403, secretary=302, outsider=422), setup=letterheads, data=data),
    Row("documents:incoming_take", NOT_ALLOWED, everyone(404, secretary=302, outsider=302), args=pk, setup=sent),
    Row("documents:incoming_detail", SEEN, NOT_ALLOWED, args=pk, setup=entered),
    Row("documents:incoming_file", SEEN, NOT_ALLOWED, args=pk, setup=entered),
    Row("documents:incoming_change", EDITED, KEPT, args=pk, setup=entered, data=data),
    Row("documents:incoming_hand_on", NOT_ALLOWED, KEPT, args=pk, setup=entered, data=data),
    Row("documents:incoming_settle", NOT_ALLOWED, KEPT, args=pk, setup=entered, data=data),
    Row("documents:incoming_reopen", NOT_ALLOWED, KEPT, args=pk, setup=settled),
    Row("documents:incoming_void", NOT_ALLOWED, KEPT, args=pk, setup=entered, data=data),
)  # fmt: skip
