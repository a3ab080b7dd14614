"""The signer signs a draft digitally: number first, signatures outside a transaction, then the register."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from documents.choices import DocumentState, DraftState
from documents.models import Document
from documents.queries.signatures import report_of
from documents.services import draft_signing
from documents.services.draft_signing import Keys
from documents.signing import demo_keys
from documents.signing.sources import KeyFile
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.documents.drafting import letterheads, submitted
from tests.documents.signing_keys import authority

LEADER, BODY = "Nguyễn Đình Lâm", "Thường trực HĐND tỉnh"


@pytest.fixture(autouse=True)
def _papers(cast: Cast) -> None:
    letterheads(cast)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return authority(tmp_path / "ca")


def both(folder: Path) -> Keys:
    return Keys(demo_keys.trial_source(folder, LEADER, BODY), demo_keys.trial_source(folder, BODY, BODY))


def test_issued_with_both_signatures_on_it(cast: Cast, folder: Path) -> None:
    draft = draft_signing.sign_digitally(actor=cast.leader, draft=submitted(cast), keys=both(folder))
    document = Document.objects.get()
    assert (draft.state, draft.document, document.symbol) == (DraftState.ISSUED, document, "01/HĐND")
    assert (document.state, document.signer_name) == (DocumentState.ISSUED, LEADER)
    assert list(document.addressees.all()) == [cast.world["UBND"]]
    report = report_of(document)
    assert report.is_whole
    assert len(report.signatures) == 2


def test_a_wrong_password_keeps_the_number_for_the_next_try(cast: Cast, folder: Path) -> None:
    draft = submitted(cast)
    broken = KeyFile(demo_keys.key_file(folder, LEADER, BODY, "đúng"), "sai")
    with pytest.raises(DomainError, match="Mật khẩu của tệp chứng thư không đúng"):
        draft_signing.sign_digitally(actor=cast.leader, draft=draft, keys=Keys(broken))
    draft.refresh_from_db()
    line = Document.objects.get()
    assert (draft.state, draft.document, line.state) == (DraftState.APPROVED, line, DocumentState.RESERVED)
    draft_signing.sign_digitally(actor=cast.leader, draft=draft, keys=both(folder))
    assert [(one.symbol, one.state) for one in Document.objects.all()] == [("01/HĐND", DocumentState.ISSUED)]


def test_only_whom_it_waits_for(cast: Cast, folder: Path) -> None:
    draft = submitted(cast)
    with pytest.raises(PermissionDenied):
        draft_signing.sign_digitally(actor=cast.secretary, draft=draft, keys=both(folder))
    assert not Document.objects.exists()


def test_from_the_page_with_a_key_file(cast: Cast, folder: Path, client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    draft = submitted(cast)
    client.force_login(cast.leader)
    address = reverse("documents:draft_decide", args=[draft.pk])
    content = demo_keys.key_file(folder, LEADER, BODY, "đúng")
    given = {"y_kien": "ky", "person-way": "file", "organization-way": "none", "person-password": "sai"}
    refused = client.post(address, {**given, "person-key_file": SimpleUploadedFile("toi.p12", content)})
    assert refused.status_code == 422
    assert "Mật khẩu của tệp chứng thư không đúng" in refused.content.decode()
    assert not Document.objects.exists()
    given["person-password"] = "đúng"
    done = client.post(address, {**given, "person-key_file": SimpleUploadedFile("toi.p12", content)})
    assert (done.status_code, done["Location"]) == (302, reverse("documents:draft_detail", args=[draft.pk]))
    assert len(report_of(Document.objects.get()).signatures) == 1
