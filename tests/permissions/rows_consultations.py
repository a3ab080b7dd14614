"""Rows of written consultations: TTHDND's secretary asks; the leader reads all, who is asked sees their own form."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Consultation
from documents.services import consultation_planning, consulting, opining
from documents.services.consultation_mails import token_for
from documents.services.opining import OpinionInput
from hdnd.lib import clock
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents import consulting as stage
from tests.permissions.row import NOT_ALLOWED, Row, everyone, open_to_all
from tests.permissions.rows_meetings import SOON, pk

REASON = {"reason": "Chờ báo cáo bổ sung"}


def day(days: int = 0) -> Any:
    return (clock.now() + SOON).date() + (SOON * days)


def letterheads(cast: Cast) -> None:
    """TTHDND and X01-TT issue papers."""
    stage.letterhead(cast)
    stage.issuer(cast.world["X01-TT"])


def planned(cast: Cast) -> Consultation:
    """A draft of TTHDND."""
    letterheads(cast)
    return stage.draft(cast, deadline=day())


def with_paper(cast: Cast) -> Any:
    """The file of a draft."""
    return consultation_planning.add_paper(
        actor=cast.secretary, consultation=planned(cast), title="Dự thảo", file_name="a.pdf", content=BLANK
    )


def out(cast: Cast) -> Consultation:
    """Open; the leader's own voice has not answered."""
    return stage.told(cast, planned(cast))


def leaders(cast: Cast) -> Any:
    """The voice of P01, the leader."""
    return stage.voice(out(cast), "P01")


def of_body(cast: Cast) -> Any:
    """The voice of UBND, with a file."""
    letterheads(cast)
    row = stage.draft(
        cast,
        audience="bodies",
        members_of=None,
        bodies=[cast.world["UBND"]],
        deadline=day(),
        counts_late=True,
    )
    consultation_planning.add_paper(
        actor=cast.secretary, consultation=row, title="Dự thảo", file_name="a.pdf", content=BLANK
    )
    return stage.voice(stage.told(cast, row), "UBND")


def answered(cast: Cast) -> Consultation:
    """All answered: it can be closed."""
    row = out(cast)
    for voice in row.voices.all():
        opining.answer_by_link(voice=voice, data=stage.says(row, "agree"))
    return row


def closed(cast: Cast) -> Consultation:
    return consulting.close_consultation(actor=cast.secretary, consultation=answered(cast))


def scanned(cast: Cast) -> Any:
    """An answer on paper."""
    row = out(cast)
    data = OpinionInput(stage.says(row, "agree").opinions, scan=BLANK, scan_name="a.pdf")
    return opining.note_answer(actor=cast.secretary, voice=stage.voice(row, "P07"), data=data)


def plan(cast: Cast, made: Any) -> dict[str, Any]:
    return {
        "organization": cast.world["TTHDND"].pk, "title": stage.TITLE, "audience": "members", "deadline": f"{day():%Y-%m-%d}",
        "members_of": cast.world["TTHDND"].pk, "day_off": "next", "rule": "majority", "remind_before": "2", "version": "1",
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-text": "Thông qua Kế hoạch",
    }  # fmt: skip


def opinion(cast: Cast, made: Any) -> dict[str, Any]:
    said = {f"opinion_{one.pk}": "agree" for one in made.consultation.questions.all()}
    return {
        **said,
        "answered_by": "Đặng Minh Châu",
        "channel": "phone",
        "given_at": f"{clock.now():%Y-%m-%dT%H:%M}",
    }


def paper_args(cast: Cast, made: Any) -> dict[str, Any]:
    return {"pk": made.consultation.papers.get().pk}


def token(cast: Cast, made: Any) -> dict[str, Any]:
    return {"token": token_for(made)}


def token_and_paper(cast: Cast, made: Any) -> dict[str, Any]:
    return {**token(cast, made), **paper_args(cast, made)}


def upload(cast: Cast, made: Any) -> dict[str, Any]:
    return {"title": "Dự thảo", "file": SimpleUploadedFile("a.pdf", BLANK)}


# Another body's office has a letterhead and plans its own; it may not name TTHDND.
MAY_PLAN = everyone(403, secretary=200, outsider=200)
PLANNED = everyone(403, secretary=302, outsider=422)
OWN = everyone(404, secretary=200, leader=403)
ACT = everyone(404, secretary=302, leader=403)

ROWS = (
    Row("documents:consultation_list", everyone(200), NOT_ALLOWED),
    Row("documents:consultation_create", MAY_PLAN, PLANNED, setup=letterheads, data=plan),
    # Whoever is only asked is sent to their own form.
    Row("documents:consultation_detail", everyone(404, secretary=200, leader=200, partner=302), NOT_ALLOWED, args=lambda cast, made: {"pk": made.consultation_id}, setup=of_body),
    Row("documents:consultation_edit", OWN, ACT, args=pk, setup=planned, data=plan),
    Row("documents:consultation_preview", OWN, NOT_ALLOWED, args=pk, setup=planned),
    Row("documents:consultation_open", NOT_ALLOWED, ACT, args=pk, setup=planned),
    Row("documents:consultation_remind", NOT_ALLOWED, ACT, args=pk, setup=out),
    Row("documents:consultation_extend", NOT_ALLOWED, ACT, args=pk, setup=out, data=lambda cast, made: {**REASON, "deadline": f"{day(1):%Y-%m-%d}", "day_off": "next"}),
    Row("documents:consultation_close", NOT_ALLOWED, ACT, args=pk, setup=answered),
    Row("documents:consultation_cancel", NOT_ALLOWED, ACT, args=pk, setup=out, data=lambda cast, made: REASON),
    Row("documents:consultation_result", NOT_ALLOWED, ACT, args=pk, setup=closed, data=lambda cast, made: {"doc_type": "TB"}),
    Row("documents:consultation_paper_add", NOT_ALLOWED, ACT, args=pk, setup=planned, data=upload),
    Row("documents:consultation_paper_remove", NOT_ALLOWED, ACT, args=pk, setup=with_paper),
    Row("documents:consultation_paper", everyone(404, secretary=200, leader=200, partner=200), NOT_ALLOWED, args=paper_args, setup=of_body),
    Row("documents:opinion_give", everyone(404, partner=200), everyone(404, partner=302), args=pk, setup=of_body, data=opinion),
    Row("documents:opinion_note", OWN, ACT, args=pk, setup=leaders, data=opinion),
    Row("documents:opinion_scan", everyone(404, secretary=200, leader=200), NOT_ALLOWED, args=pk, setup=scanned),
    Row("documents:opinion_link", open_to_all(200), open_to_all(302), args=token, setup=of_body, data=opinion),
    Row("documents:consultation_paper_by_link", open_to_all(200), open_to_all(405), args=token_and_paper, setup=of_body),
)  # fmt: skip
