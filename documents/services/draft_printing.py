"""A draft as PDF or Word: a short one at once, a long one as a job that sets the same words once."""

import json
from enum import StrEnum
from typing import Any

from django.utils.text import slugify

from documents.draft_paper import Content, draft_paper
from documents.models import Draft
from documents.paper.html import paper_pdf
from documents.paper.word import WORD, paper_docx
from hdnd.jobs import Progress, Result
from hdnd.jobs.models import Job
from hdnd.jobs.services import start
from hdnd.lib import files
from hdnd.lib.errors import DomainError

JOB = "documents.draft_paper"
AT_ONCE = 8_000
"""Letters of a body that is set while the person waits: some five pages, half a second; 300 pages take minutes."""
LINES_AT_ONCE = 80
"""Lines likewise: rows of a table are short and cost as much as a paragraph each."""


class Form(StrEnum):
    """What is made; the value is the file's ending."""

    PDF = "pdf"
    WORD = "docx"


def is_long(content: Content) -> bool:
    """Whether setting it takes longer than a person should wait."""
    return len(content.body) > AT_ONCE or content.body.count("\n") >= LINES_AT_ONCE


def print_draft(*, actor: Any, draft: Draft, content: Content, form: Form, back: str = "") -> Result | Job:
    """The draft with these words as a file, or the job that makes it when it is long; the caller has checked the right.

    The words are kept beside the job, so that it sets those that were asked for, whatever is typed meanwhile. The same
    words are set once, whoever asks: they, the letterhead and the signers make the key.

    Args:
        back: where the job's page leads back to.

    Raises:
        DomainError: a body that issues it has no letterhead.
    """
    if not is_long(content):
        return _made(draft, content, form)
    paper = draft_paper(draft, content)
    stored = files.store(json.dumps(content.stored(), sort_keys=True).encode(), ".json")
    return start(
        actor=actor, kind=JOB, args={"draft": draft.pk, "content": stored, "form": form},
        title=f"{'Bản in' if form is Form.PDF else 'Tệp Word'}: {draft}", key=files.digest(repr(paper).encode()),
        back=back,
    )  # fmt: skip


def run_print(args: dict[str, Any], progress: Progress) -> Result:
    """Runner of the job.

    Raises:
        DomainError: the draft is gone, or as `print_draft`.
    """
    draft = Draft.objects.select_related("organization__area").filter(pk=args["draft"]).first()
    if draft is None:
        raise DomainError("Dự thảo không còn. Mở lại danh sách dự thảo.")
    content = Content.of(json.loads(files.read(args["content"])))
    progress(0, 1)
    made = _made(draft, content, Form(args["form"]))
    progress(1, 1)
    return made


def _made(draft: Draft, content: Content, form: Form) -> Result:
    paper = draft_paper(draft, content)
    name = slugify(f"du-thao {content.kind} {content.subject}".replace("đ", "d"))[:80] or "du-thao"
    if form is Form.PDF:
        return Result(paper_pdf(paper), f"{name}.pdf", "application/pdf")
    return Result(paper_docx(paper), f"{name}.docx", WORD)
