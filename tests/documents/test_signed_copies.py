"""An approved draft signed digitally: with keys here, or with another program on our own file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.choices import DraftState
from documents.models import Document, Draft
from documents.queries.signatures import report_of
from documents.services import draft_issuing
from documents.services.draft_signing import Keys
from documents.services.signed_copies import file_signed_elsewhere, sign_numbered_draft
from documents.signing import demo_keys
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.cast import Cast
from tests.documents.drafting import letterheads, submitted
from tests.documents.signing_keys import BODY as HOLDER
from tests.documents.signing_keys import IMAGES, authority, invitation_pdf
from tests.ledger import refused, verbs

NOW = datetime(2026, 6, 18, 9, 0, tzinfo=clock.VIETNAM)
LEADER = "Nguyễn Đình Lâm"


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Path:
    settings.SIGNING_DEMO_DIR = authority(tmp_path)
    return tmp_path


@pytest.fixture
def draft(cast: Cast, keys: Path, set_clock: Callable[[datetime], None]) -> Draft:
    """Approved, its number taken."""
    set_clock(NOW)
    letterheads(cast)
    made = submitted(cast)
    draft_issuing.take_number_for_paper(actor=cast.secretary, draft=made)
    made.refresh_from_db()
    return made


def both(keys: Path) -> Keys:
    return Keys(demo_keys.trial_source(keys, LEADER, HOLDER), demo_keys.trial_source(keys, HOLDER, HOLDER))


def elsewhere(content: bytes, keys: Path) -> bytes:
    """As a program of the signer's own would append its signatures."""
    from documents.services.signing import apply_signatures

    own = both(keys)
    return apply_signatures(
        content, person=own.person, organization=own.organization, signer_name=LEADER, images=IMAGES
    )


def test_signed_with_keys_and_issued(cast: Cast, draft: Draft, keys: Path) -> None:
    unsigned = draft_issuing.numbered_paper(draft)
    sign_numbered_draft(actor=cast.secretary, draft=draft, keys=[both(keys)])
    draft.refresh_from_db()
    document = Document.objects.get()
    assert (draft.state, document.state, document.issued_on) == (DraftState.ISSUED, "issued", NOW.date())
    assert files.read(document.file).startswith(unsigned)
    report = report_of(document)
    assert report.is_whole
    assert [one.certificate.name for one in report.signatures if one.certificate] == [LEADER, HOLDER]
    assert verbs(document)[-2:] == ["documents.document.registered", "documents.document.signed"]


def test_the_unsigned_paper_is_the_same_on_a_later_day(
    draft: Draft, set_clock: Callable[[datetime], None]
) -> None:
    before = draft_issuing.numbered_paper(draft)
    set_clock(NOW.replace(day=22))
    assert draft_issuing.numbered_paper(draft) == before


def test_signed_elsewhere_is_held_against_our_bytes(cast: Cast, draft: Draft, keys: Path) -> None:
    unsigned = draft_issuing.numbered_paper(draft)
    for content, said in (
        (unsigned, "là bản chưa ký"),
        (elsewhere(invitation_pdf(), keys), "là một văn bản khác"),
        (elsewhere(unsigned, keys)[:-900] + b"x" * 900, "đã bị thay đổi"),
    ):
        with refused(DomainError, field="file") as caught:
            file_signed_elsewhere(actor=cast.secretary, draft=draft, content=content)
        assert said in caught.value.message
    content = elsewhere(unsigned, keys)
    file_signed_elsewhere(actor=cast.secretary, draft=draft, content=content)
    assert files.read(Document.objects.get().file) == content


def test_refused_with_nothing_lost(cast: Cast, draft: Draft, keys: Path) -> None:
    with refused(DomainError):
        sign_numbered_draft(actor=cast.secretary, draft=draft, keys=[Keys(None, None)])
    for actor in (cast.leader, cast.outsider):
        with refused(PermissionDenied):
            sign_numbered_draft(actor=actor, draft=draft, keys=[both(keys)])
        with refused(PermissionDenied):
            file_signed_elsewhere(actor=actor, draft=draft, content=b"")


def test_without_a_number_there_is_nothing_to_sign(cast: Cast, keys: Path, client: Client) -> None:
    letterheads(cast)
    made = submitted(cast)
    with refused(DomainError):
        sign_numbered_draft(actor=cast.secretary, draft=made, keys=[both(keys)])
    client.force_login(cast.secretary)
    for name in ("draft_sign", "draft_unsigned"):
        page = client.get(reverse(f"documents:{name}", args=[made.pk]), follow=True)
        assert page.redirect_chain[-1][0] == reverse("documents:draft_detail", args=[made.pk])


class TestPage:
    def test_signed_and_shown(self, cast: Cast, client: Client, draft: Draft) -> None:
        client.force_login(cast.secretary)
        address = reverse("documents:draft_sign", args=[draft.pk])
        assert (
            f'href="{address}"'
            in client.get(reverse("documents:draft_detail", args=[draft.pk])).content.decode()
        )
        assert LEADER in client.get(address).content.decode()
        page = client.post(address, {"person1-way": "test", "organization1-way": "test"}, follow=True)
        document = Document.objects.get()
        assert page.redirect_chain[-1][0] == reverse("documents:number_detail", args=[document.pk])
        assert f"Đã ký số và vào sổ văn bản {document.symbol}." in page.content.decode()

    def test_nobody_signs(self, cast: Cast, client: Client, draft: Draft) -> None:
        client.force_login(cast.secretary)
        address = reverse("documents:draft_sign", args=[draft.pk])
        page = client.post(address, {"person1-way": "none", "organization1-way": "none"})
        assert page.status_code == 422
        assert "Chưa có chữ ký nào" in page.content.decode()

    def test_downloaded_signed_and_uploaded(
        self, cast: Cast, client: Client, draft: Draft, keys: Path
    ) -> None:
        client.force_login(cast.secretary)
        given = client.get(reverse("documents:draft_unsigned", args=[draft.pk]))
        assert given["Content-Disposition"].startswith("attachment")
        address = reverse("documents:draft_sign_elsewhere", args=[draft.pk])
        wrong = client.post(address, {"file": SimpleUploadedFile("a.pdf", given.content)})
        assert wrong.status_code == 422
        assert "là bản chưa ký" in wrong.context["form"].errors["file"][0]
        right = SimpleUploadedFile("a.pdf", elsewhere(given.content, keys))
        page = client.post(address, {"file": right}, follow=True)
        assert "Đã ký số và vào sổ" in page.content.decode()
