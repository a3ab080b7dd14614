"""Drafts signed and issued, on the screen or on paper, sent, and acted on by later papers."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from councils.models import Membership
from documents.choices import DraftState, RelationKind, Verdict
from documents.models import Delegation, Document, DocumentRelation, Draft, SignOff
from documents.services import delegating, draft_issuing, drafting, sending, signing_off
from documents.services.drafting import SignerInput
from hdnd.audit.models import Entry
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError
from hdnd.outbox.models import Message
from tests import factories
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, second_leader, submitted, typed
from tests.meetings import factories as make
from workbench.queries.drafts import desk_drafts

P, A, R, L = Verdict.PENDING, Verdict.APPROVED, Verdict.RETURNED, Verdict.LAPSED


@pytest.fixture(autouse=True)
def _papers(cast: Cast) -> None:
    letterheads(cast)


def verbs() -> list[str]:
    return [
        verb.removeprefix("documents.")
        for verb in Entry.objects.order_by("pk").values_list("verb", flat=True)
    ]


class TestIssuing:
    def test_the_signer_issues_with_number_date_file_and_addressees(self, cast: Cast) -> None:
        draft = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast))
        document = Document.objects.get()
        assert (draft.state, draft.document, document.symbol) == (DraftState.ISSUED, document, "01/HĐND")
        assert (document.subject, document.signer_name, document.signer_title) == (
            SUBJECT,
            "Nguyễn Đình Lâm",
            "CHỦ TỊCH",
        )
        assert (document.recipients, list(document.addressees.all())) == (["Như trên"], [cast.world["UBND"]])
        import io

        import pdfplumber

        with pdfplumber.open(io.BytesIO(files.read(document.file))) as pdf:
            text = pdf.pages[0].extract_text()
        assert "Số: 01/HĐND" in text
        assert f"tháng {clock.today().month:02d}" in text or f"tháng {clock.today().month} " in text
        assert verbs()[-3:] == ["draft.signed", "document.issued", "draft.issued"]

    def test_a_deputy_signs_instead_under_the_own_name(self, cast: Cast) -> None:
        deputy, draft = second_leader(cast), submitted(cast)
        with pytest.raises(PermissionDenied):
            draft_issuing.sign_draft(actor=deputy, draft=draft)
        delegating.delegate(
            actor=cast.secretary, organization=cast.world["TTHDND"], principal=cast.leader, deputy=deputy,
            valid_from=clock.today(), valid_to=clock.today(), basis="Giấy ủy quyền số 05",
        )  # fmt: skip
        draft_issuing.sign_draft(actor=deputy, draft=draft)
        document = Document.objects.get()
        assert (document.signer_name, document.signer_title) == (
            "Trần Thị Hải Yến",
            "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        )

    def test_whoever_leads_nothing_does_not_sign_instead(self, cast: Cast) -> None:
        draft = submitted(cast)
        delegating.delegate(
            actor=cast.leader, organization=cast.world["TTHDND"], principal=cast.leader, deputy=cast.secretary,
            valid_from=clock.today(), valid_to=clock.today(), basis="Giấy ủy quyền số 05",
        )  # fmt: skip
        with pytest.raises(DomainError):
            draft_issuing.sign_draft(actor=cast.secretary, draft=draft)
        assert not Document.objects.exists()
        assert SignOff.objects.get().verdict == "pending"

    def test_a_joint_paper_waits_for_both_signers(self, cast: Cast) -> None:
        head = factories.user("ctubnd", person=cast.world.people["P21"])
        factories.role(head, "leader", cast.world["UBND"])
        ubnd = Membership.objects.get(person__code="P21")
        signers = [
            SignerInput(cast.world["TTHDND"], make.seat(cast.world, "P01")), SignerInput(cast.world["UBND"], ubnd),
        ]  # fmt: skip
        draft = submitted(cast, kind="ke-hoach", signers=signers)
        draft = draft_issuing.sign_draft(actor=cast.leader, draft=draft)
        assert (draft.state, Document.objects.count()) == (DraftState.APPROVED, 0)
        draft = draft_issuing.sign_draft(actor=head, draft=draft)
        document = Document.objects.get()
        assert (document.symbol, document.signer_name) == (
            "01/KH-HĐND-UBND",
            "Nguyễn Đình Lâm; Đặng Hữu Phước",
        )

    def test_signed_on_paper_takes_its_number_first(self, cast: Cast) -> None:
        draft = submitted(cast)
        copy = draft_issuing.SignedCopy(clock.today(), "ban-ky.pdf", BLANK)
        with pytest.raises(DomainError):
            draft_issuing.file_signed_copy(actor=cast.secretary, draft=draft, copy=copy)
        with pytest.raises(PermissionDenied):
            draft_issuing.take_number_for_paper(actor=cast.leader, draft=draft)
        line = draft_issuing.take_number_for_paper(actor=cast.secretary, draft=draft)
        assert (line.symbol, line.state) == ("01/HĐND", "reserved")
        for verb in (
            lambda: draft_issuing.sign_draft(actor=cast.leader, draft=draft),
            lambda: signing_off.withdraw_draft(actor=cast.secretary, draft=draft),
            lambda: draft_issuing.take_number_for_paper(actor=cast.secretary, draft=draft),
        ):
            with pytest.raises(DomainError):
                verb()
        draft = draft_issuing.file_signed_copy(actor=cast.secretary, draft=draft, copy=copy)
        document = Document.objects.get()
        assert (draft.state, document.state, files.read(document.file)) == (
            DraftState.ISSUED,
            "issued",
            BLANK,
        )
        assert list(document.addressees.all()) == [cast.world["UBND"]]

    def test_sent_once_to_each_address(self, cast: Cast) -> None:
        factories.contact(cast.world["UBND"], "vanthu@ubnd.test")
        document = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast)).document
        assert document is not None
        with pytest.raises(PermissionDenied):
            sending.send_document(actor=cast.partner, document=document)
        sent = sending.send_document(actor=cast.secretary, document=document)
        assert [message.to for message in sent.messages] == ["vanthu@ubnd.test"]
        message = Message.objects.get(to="vanthu@ubnd.test")
        assert (message.subject, message.attachments[0]["file"]) == (
            f"Công văn số 01/HĐND: {SUBJECT}",
            document.file,
        )
        assert sending.send_document(actor=cast.secretary, document=document).messages == []


class TestAfterwards:
    @pytest.mark.parametrize(
        ("relation", "kind", "state"),
        [
            (RelationKind.REPLACES, "ke-hoach", "issued"),
            (RelationKind.AMENDS, "ke-hoach", "issued"),
            (RelationKind.CORRECTS, "cong-van", "issued"),
            (RelationKind.WITHDRAWS, "ke-hoach", "withdrawn"),
        ],
    )
    def test_only_another_paper_acts_on_an_issued_one(
        self, cast: Cast, relation: RelationKind, kind: str, state: str
    ) -> None:
        old = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast, kind="ke-hoach")).document
        assert old is not None
        before = files.read(old.file)
        draft = drafting.start_follow_up(actor=cast.secretary, target=old, relation=relation)
        assert draft.kind_code == kind
        assert "01/KH-HĐND" in draft.body.splitlines()[0]
        assert f"{clock.today():%d/%m/%Y}" in draft.body
        assert list(draft.addressees.all()) == [cast.world["UBND"]]
        with pytest.raises(DomainError):  # what the kind leaves open has to be filled in
            signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[])
        body = re.sub(r"\[.*?\]", "đã điền", draft.body)
        data = typed(cast, subject=draft.subject, body=body)
        draft = drafting.save_draft(actor=cast.secretary, draft=draft, data=data, version=1)
        signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[])
        old.refresh_from_db()
        assert (old.state, DocumentRelation.objects.count()) == ("issued", 0)
        new = draft_issuing.sign_draft(actor=cast.leader, draft=draft).document
        old.refresh_from_db()
        assert (old.state, files.read(old.file)) == (state, before)
        row = DocumentRelation.objects.get()
        assert (row.document, row.target, row.kind) == (new, old, relation)
        if relation == RelationKind.WITHDRAWS:
            with pytest.raises(DomainError):
                drafting.start_follow_up(actor=cast.secretary, target=old, relation=RelationKind.AMENDS)

    def test_not_by_those_who_got_it(self, cast: Cast) -> None:
        old = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast)).document
        assert old is not None
        with pytest.raises(PermissionDenied):
            drafting.start_follow_up(actor=cast.partner, target=old, relation=RelationKind.WITHDRAWS)
        assert Draft.objects.count() == 1


class TestUnsent:
    def test_the_office_sees_on_its_desk_what_is_signed_and_not_sent(
        self, cast: Cast, client: Client
    ) -> None:
        draft = draft_issuing.sign_draft(actor=cast.leader, draft=submitted(cast))
        assert [list(desk_drafts(user).unsent) for user in (cast.secretary, cast.leader, cast.partner)] == [
            [draft],
            [],
            [],
        ]
        client.force_login(cast.secretary)
        assert "Công văn 01/HĐND" in client.get(reverse("workbench:home")).content.decode()
        assert draft.document is not None
        sending.send_document(actor=cast.secretary, document=draft.document)
        assert desk_drafts(cast.secretary).unsent == []


def test_nobody_writes_down_that_they_decide_for_another(cast: Cast) -> None:
    with pytest.raises(DomainError, match="Không ai tự ghi ủy quyền cho mình"):
        delegating.delegate(
            actor=cast.secretary, organization=cast.world["TTHDND"], principal=cast.leader, deputy=cast.secretary,
            valid_from=clock.today(), valid_to=clock.today(), basis="Giấy ủy quyền số 05",
        )  # fmt: skip
    assert not Delegation.objects.exists()
