"""Rows of drafts: TTHDND's office writes, its leader decides, nobody else knows of them until they are issued."""

from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.draft_paper import content_of, draft_paper
from documents.models import Delegation, Document, Draft, DraftComment
from documents.paper.word import paper_docx
from documents.services import delegating, draft_issuing, signing_off, word_upload
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.drafting import letterheads, submitted, written
from tests.permissions.row import NOT_ALLOWED, Row, everyone


def pk(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.pk}


def drafted(cast: Cast) -> Draft:
    """Being written."""
    letterheads(cast)
    return written(cast)


def reviewed(cast: Cast) -> Draft:
    """Put forward to the leader, who signs too."""
    letterheads(cast)
    return submitted(cast, [cast.leader])


def approved(cast: Cast) -> Draft:
    """Waits for the signature."""
    letterheads(cast)
    return submitted(cast)


def numbered(cast: Cast) -> Draft:
    """Waits for the copy signed by hand."""
    draft = approved(cast)
    draft_issuing.take_number_for_paper(actor=cast.secretary, draft=draft)
    return draft


def issued(cast: Cast) -> Draft:
    return draft_issuing.sign_draft(actor=cast.leader, draft=approved(cast))


def paper(cast: Cast) -> Document:
    document = issued(cast).document
    assert document is not None
    return document


def remarked(cast: Cast) -> DraftComment:
    return signing_off.comment_draft(actor=cast.secretary, draft=reviewed(cast), text="Ghi rõ thời hạn")


def delegated(cast: Cast) -> Delegation:
    letterheads(cast)
    return delegating.delegate(
        actor=cast.leader, organization=cast.world["TTHDND"], principal=cast.leader, deputy=cast.secretary,
        valid_from=clock.today(), valid_to=clock.today(), basis="Giấy ủy quyền số 05",
    )  # fmt: skip


def docx_of(draft: Draft) -> bytes:
    return paper_docx(draft_paper(draft, content_of(draft, clock.today())))


def uploaded(cast: Cast) -> Draft:
    """With a Word file taken as its first version."""
    draft = drafted(cast)
    upload = word_upload.keep_upload(
        actor=cast.secretary, draft=draft, file_name="a.docx", content=docx_of(draft)
    )
    word_upload.take_word_file(
        actor=cast.secretary, draft=draft, upload=upload, taken=[], version=draft.version
    )
    draft.refresh_from_db()
    return draft


def file(cast: Cast, made: Draft) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("du-thao.docx", docx_of(made))}


def token(cast: Cast, made: Draft) -> dict[str, Any]:
    version = made.versions.get()
    kept = {"draft": made.pk, "file": version.file, "name": version.file_name}
    return {"upload": signing.dumps(kept, salt="documents.word-upload"), "version": made.version}


def text(cast: Cast, made: Draft) -> dict[str, Any]:
    return {"subject": "Rà soát", "body": "Nội dung", "version": made.version}


def signed(cast: Cast, made: Draft) -> dict[str, Any]:
    return {"issued_on": f"{clock.today():%Y-%m-%d}", "file": SimpleUploadedFile("ky.pdf", BLANK)}


def absence(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "principal": cast.leader.pk, "deputy": cast.secretary.pk,
        "valid_from": f"{clock.today():%Y-%m-%d}", "valid_to": f"{clock.today():%Y-%m-%d}", "basis": "Giấy ủy quyền",
    }  # fmt: skip


SEEN = everyone(404, secretary=200, leader=200)
WRITES = everyone(404, secretary=302, leader=403)
DECIDES = everyone(404, secretary=403, leader=302)
BEGUN = {"kind": "cong-van", "subject": "Rà soát"}

ROWS = (
    Row("documents:draft_list", everyone(200), NOT_ALLOWED),
    Row("documents:draft_create", everyone(403, secretary=200, partner=200), everyone(403, secretary=302, partner=422), setup=letterheads, data=lambda cast, made: {**BEGUN, "organization": cast.world["TTHDND"].pk}),
    Row("documents:draft_detail", SEEN, NOT_ALLOWED, args=pk, setup=drafted),
    Row("documents:draft_edit", everyone(404, secretary=200, leader=403), WRITES, args=pk, setup=drafted, data=text),
    Row("documents:draft_paper", SEEN, NOT_ALLOWED, args=pk, setup=drafted),
    Row("documents:draft_word", SEEN, NOT_ALLOWED, args=pk, setup=drafted),
    Row("documents:draft_upload", NOT_ALLOWED, everyone(404, secretary=200, leader=403), args=pk, setup=drafted, data=file),
    Row("documents:draft_take", NOT_ALLOWED, WRITES, args=pk, setup=uploaded, data=token),
    Row("documents:draft_versions", SEEN, NOT_ALLOWED, args=pk, setup=reviewed),
    Row("documents:version_file", SEEN, NOT_ALLOWED, args=lambda cast, made: {"pk": made.pk, "number": 1}, setup=uploaded),
    Row("documents:draft_submit", everyone(404, secretary=200, leader=403), WRITES, args=pk, setup=drafted),
    Row("documents:draft_withdraw", NOT_ALLOWED, WRITES, args=pk, setup=reviewed),
    Row("documents:draft_drop", NOT_ALLOWED, WRITES, args=pk, setup=drafted, data=lambda cast, made: {"reason": "Đã có công văn khác"}),
    Row("documents:draft_decide", NOT_ALLOWED, DECIDES, args=pk, setup=reviewed, data=lambda cast, made: {"y_kien": "dong-y"}),
    Row("documents:draft_comment", NOT_ALLOWED, everyone(404, secretary=302, leader=302), args=pk, setup=reviewed, data=lambda cast, made: {"text": "Ghi rõ thời hạn", "place": 0}),
    Row("documents:comment_answer", NOT_ALLOWED, WRITES, args=pk, setup=remarked),
    Row("documents:draft_number", NOT_ALLOWED, WRITES, args=pk, setup=approved),
    Row("documents:draft_issue", NOT_ALLOWED, WRITES, args=pk, setup=approved),
    Row("documents:draft_signed", NOT_ALLOWED, WRITES, args=pk, setup=numbered, data=signed),
    Row("documents:draft_sign", everyone(404, secretary=200, leader=403), everyone(404, secretary=422, leader=403), args=pk, setup=numbered),
    Row("documents:draft_sign_elsewhere", NOT_ALLOWED, everyone(404, secretary=422, leader=403), args=pk, setup=numbered, data=signed),
    Row("documents:draft_unsigned", everyone(404, secretary=200, leader=403), NOT_ALLOWED, args=pk, setup=numbered),
    Row("documents:draft_send", NOT_ALLOWED, WRITES, args=pk, setup=issued),
    # Whoever may open a paper sees what became of it; its own office goes on from there.
    Row("documents:document_follow", everyone(404, secretary=200, leader=200, delegate=200, partner=200), everyone(404, secretary=302, leader=403, delegate=403, partner=403), args=pk, setup=paper, data=lambda cast, made: {"relation": "replaces"}),
    # Nobody names themself a deputy: the secretary, who is the deputy here, is told so.
    Row("documents:delegation_list", everyone(200), everyone(422, leader=302), setup=letterheads, data=absence),
    Row("documents:delegation_end", NOT_ALLOWED, everyone(404, secretary=302, leader=302), args=pk, setup=delegated),
)  # fmt: skip
