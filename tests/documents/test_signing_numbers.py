"""Signing a paper under its reserved number: what is stored, what is refused with nothing lost, and the page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.choices import DocumentState
from documents.models import Document
from documents.queries.signatures import report_of
from documents.services import reserve_numbers
from documents.services.registering import PaperInput
from documents.services.signing_numbers import sign_number
from documents.signing import demo_keys
from hdnd.audit.models import Entry
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.signing_keys import BODY, PASSWORD, SIGNER, authority, invitation_pdf, key_file
from tests.ledger import refused, verbs
from tests.meetings import factories as make

NOW = datetime(2026, 6, 18, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return invitation_pdf()


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Path:
    settings.SIGNING_DEMO_DIR = authority(tmp_path)
    return tmp_path


@pytest.fixture
def line(cast: Cast, set_clock: Callable[[datetime], None], keys: Path) -> Document:
    """31/GM-HĐND, kept for the sample invitation."""
    set_clock(NOW)
    make.issuer(cast.world["TTHDND"], opening=30)
    (kept,) = reserve_numbers(
        actor=cast.secretary, organization=cast.world["TTHDND"], doc_type="GM", purpose="Mời phiên họp thứ 3"
    )
    return kept


def paper(content: bytes) -> PaperInput:
    return PaperInput(
        subject="Mời phiên họp thứ 3", signer_name=SIGNER, signer_title="KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        issued_on=date(2026, 6, 18), file_name="gm.pdf", content=content,
    )  # fmt: skip


class TestService:
    def sign(self, cast: Cast, line: Document, keys: Path, given: PaperInput, **changes: Any) -> Document:
        values: dict[str, Any] = {
            "actor": cast.secretary,
            "person": demo_keys.trial_source(keys, SIGNER, BODY),
            "organization": demo_keys.trial_source(keys, BODY, BODY),
        }
        return sign_number(line=line, paper=given, **values | changes)

    def test_the_signed_bytes_are_registered(
        self, cast: Cast, line: Document, keys: Path, unsigned: bytes
    ) -> None:
        done = self.sign(cast, line, keys, paper(unsigned))
        assert (done.pk, done.state, done.symbol) == (line.pk, DocumentState.ISSUED, "31/GM-HĐND")
        assert files.read(done.file).startswith(unsigned)
        report = report_of(done)
        assert report.is_whole
        assert [one.certificate.name for one in report.signatures if one.certificate] == [SIGNER, BODY]
        assert verbs(done)[-2:] == ["documents.document.registered", "documents.document.signed"]
        entry = Entry.objects.get(verb="documents.document.signed")
        assert entry.changes == {"signers": [SIGNER, str(cast.world["TTHDND"])]}

    def test_one_signature_is_enough(self, cast: Cast, line: Document, keys: Path, unsigned: bytes) -> None:
        done = self.sign(cast, line, keys, paper(unsigned), organization=None)
        assert len(report_of(done).signatures) == 1

    @pytest.mark.parametrize(
        ("change", "sources", "said", "field"),
        [
            ({}, {"person": None, "organization": None}, "Chưa có chữ ký nào", None),
            ({"content": BLANK}, {}, "không ghi số 31/GM-HĐND", "file"),
            ({"content": b"%PDF-1.7 broken"}, {}, "tệp hỏng", "file"),
            ({"issued_on": date(2026, 6, 19)}, {}, "chưa tới", "issued_on"),
            ({}, {"person": key_file(ends=datetime(2026, 6, 1, tzinfo=clock.VIETNAM))}, "đã hết hạn ngày 01/06/2026", "key_file"),
        ],
    )  # fmt: skip
    def test_refused_with_nothing_lost(
        self, cast: Cast, line: Document, keys: Path, unsigned: bytes, change: dict[str, Any], sources: dict[str, Any],
        said: str, field: str | None,
    ) -> None:  # fmt: skip
        with refused(DomainError, field=field) as caught:
            self.sign(cast, line, keys, replace(paper(unsigned), **change), **sources)
        assert said in caught.value.message

    def test_others_and_given_up_numbers(
        self, cast: Cast, line: Document, keys: Path, unsigned: bytes
    ) -> None:
        for actor in (cast.leader, cast.outsider, cast.partner):
            with refused(PermissionDenied):
                self.sign(cast, line, keys, paper(unsigned), actor=actor)
        Document.objects.filter(pk=line.pk).update(state=DocumentState.VOIDED)
        line.refresh_from_db()
        with refused(DomainError):
            self.sign(cast, line, keys, paper(unsigned))


class TestPage:
    def post(self, client: Client, line: Document, content: bytes, **changes: Any) -> Any:
        data = {
            "subject": "Mời phiên họp thứ 3", "signer_name": SIGNER, "signer_title": "PHÓ CHỦ TỊCH", "issued_on": "2026-06-18",
            "file": SimpleUploadedFile("gm.pdf", content), "person-way": "test", "organization-way": "test",
        }  # fmt: skip
        return client.post(reverse("documents:number_sign", args=[line.pk]), data | changes, follow=True)

    def test_it_offers_who_would_sign(self, cast: Cast, client: Client, line: Document) -> None:
        client.force_login(cast.secretary)
        detail = client.get(reverse("documents:number_detail", args=[line.pk])).content.decode()
        address = reverse("documents:number_sign", args=[line.pk])
        assert f'href="{address}"' in detail
        page = client.get(address).content.decode()
        assert 'value="Nguyễn Đình Lâm"' in page
        assert "Chứng thư thử nghiệm, không có giá trị pháp lý" in page
        assert page.count("không lưu lại, không ghi nhật ký") == 2

    def test_signed_and_shown(self, cast: Cast, client: Client, line: Document, unsigned: bytes) -> None:
        client.force_login(cast.secretary)
        page = self.post(client, line, unsigned)
        assert page.redirect_chain[-1][0] == reverse("documents:number_detail", args=[line.pk])
        assert "Đã ký số và vào sổ văn bản 31/GM-HĐND." in page.content.decode()
        names = [one.certificate.name for one in report_of(Document.objects.get(pk=line.pk)).signatures]  # type: ignore[union-attr]
        assert names == [SIGNER, BODY]

    def test_a_wrong_password_stands_beside_its_field(
        self, cast: Cast, client: Client, line: Document, unsigned: bytes, caplog: Any
    ) -> None:
        client.force_login(cast.secretary)
        key = SimpleUploadedFile("toi.p12", key_file().content)
        page = self.post(
            client, line, unsigned,
            **{"person-way": "file", "person-key_file": key, "person-password": f"{PASSWORD}!", "organization-way": "none"},
        )  # fmt: skip
        assert page.status_code == 422
        assert page.context["person"].errors == {
            "password": ["Mật khẩu của tệp chứng thư không đúng. Nhập lại."]
        }
        text = page.content.decode()
        assert 'value="Mời phiên họp thứ 3"' in text
        assert PASSWORD not in text + caplog.text
        assert Document.objects.get(pk=line.pk).state == DocumentState.RESERVED

    def test_what_the_service_refuses_stands_on_the_page(
        self, cast: Cast, client: Client, line: Document
    ) -> None:
        client.force_login(cast.secretary)
        page = self.post(client, line, BLANK)
        assert page.status_code == 422
        assert "không ghi số 31/GM-HĐND" in page.context["form"].errors["file"][0]

    def test_a_number_that_has_its_paper(
        self, cast: Cast, client: Client, line: Document, unsigned: bytes
    ) -> None:
        client.force_login(cast.secretary)
        self.post(client, line, unsigned)
        again = client.get(reverse("documents:number_sign", args=[line.pk]), follow=True)
        assert "không còn là số giữ trước" in again.content.decode()
