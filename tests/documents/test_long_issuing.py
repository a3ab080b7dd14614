"""A long paper is issued by a worker: its number is kept when the last signs, and for the next try."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from documents.choices import DocumentState, DraftState
from documents.models import Document, Draft
from documents.services import draft_issuing, draft_printing, draft_signing
from documents.services.draft_signing import Keys
from documents.signing.sources import KeyFile
from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.jobs.services import run
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, submitted

LONG = "\n".join(f"Đoạn {at}." for at in range(draft_printing.LINES_AT_ONCE + 1))


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """Signed by the only signer; a worker has not come yet."""
    letterheads(cast)
    return draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast, body=LONG))


def refuse(*args: Any) -> bytes:
    raise DomainError("Không dựng được.")


def test_the_number_is_kept_and_the_worker_issues(cast: Cast, draft: Draft) -> None:
    line = Document.objects.get()
    assert (draft.state, draft.document, line.state) == (DraftState.APPROVED, line, DocumentState.RESERVED)
    job = Job.objects.get()
    assert run(job_id=job.pk) == JobState.DONE
    draft.refresh_from_db()
    document = Document.objects.get()
    assert (draft.state, document.state, document.symbol) == (DraftState.ISSUED, "issued", "01/HĐND")
    assert (document.subject, document.signer_name, document.issued_on) == (
        SUBJECT, "Nguyễn Đình Lâm", clock.today(),
    )  # fmt: skip
    assert (document.recipients, list(document.addressees.all())) == (["Như trên"], [cast.world["UBND"]])
    assert files.read(document.file).startswith(b"%PDF-")
    again = draft_issuing.run_issue(job.args, lambda done, total: None)  # a killed worker's job
    assert again.content == files.read(document.file)


def test_after_a_failure_the_office_issues_under_the_same_number(
    cast: Cast, client: Client, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(draft_issuing, "paper_pdf", refuse)
        run(job_id=Job.objects.get().pk)
    assert Job.objects.get().error == "Không dựng được."
    with pytest.raises(PermissionDenied):
        draft_issuing.issue_again(actor=cast.leader, draft=draft)
    client.force_login(cast.secretary)
    again = reverse("documents:draft_issue", args=[draft.pk])
    page = reverse("documents:draft_detail", args=[draft.pk])
    assert f'action="{again}"' in client.get(page).content.decode()
    client.post(again)
    newest = Job.objects.first()
    assert newest is not None
    content = client.get(page).content.decode()
    assert (f'action="{again}"' in content, reverse("jobs:job", args=[newest.pk]) in content) == (False, True)
    run(job_id=newest.pk)
    assert [(one.symbol, one.state) for one in Document.objects.all()] == [("01/HĐND", "issued")]


def test_not_again_before_all_have_signed(cast: Cast) -> None:
    letterheads(cast)
    with pytest.raises(DomainError, match="Chưa đủ người ký"):
        draft_issuing.issue_again(actor=cast.secretary, draft=submitted(cast, body=LONG))
    assert not Document.objects.exists()


def test_a_digital_signer_keeps_the_number_when_the_paper_is_not_set(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    letterheads(cast)
    monkeypatch.setattr(draft_signing, "paper_pdf", refuse)
    with pytest.raises(DomainError, match="Không dựng được"):
        draft_signing.sign_digitally(
            actor=cast.leader, draft=submitted(cast), keys=Keys(KeyFile(b"key", "word"))
        )
    assert Document.objects.get().state == DocumentState.RESERVED
