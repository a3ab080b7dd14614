"""Drafts: written, saved, stale, put forward, signed off, signed, issued, acted on by later papers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from councils.models import Membership
from documents.choices import DraftState, RelationKind, Verdict
from documents.law.sign_off import open_step, standing
from documents.models import Document, DocumentRelation, Draft, DraftVersion, SignOff
from documents.services import delegating, draft_issuing, drafting, sending, signing_off
from documents.services.drafting import SignerInput
from hdnd.audit.models import Entry
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.outbox.models import Message
from tests import factories
from tests.blank_pdf import BLANK
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, second_leader, submitted, typed, written
from tests.meetings import factories as make

P, A, R, L = Verdict.PENDING, Verdict.APPROVED, Verdict.RETURNED, Verdict.LAPSED


@pytest.fixture(autouse=True)
def _papers(cast: Cast) -> None:
    letterheads(cast)


def verbs() -> list[str]:
    return [
        verb.removeprefix("documents.")
        for verb in Entry.objects.order_by("pk").values_list("verb", flat=True)
    ]


@pytest.mark.parametrize(
    ("rows", "step", "state"),
    [
        ([(1, P, False), (2, P, True)], 1, DraftState.IN_REVIEW),
        ([(1, A, False), (1, P, False), (2, P, True)], 1, DraftState.IN_REVIEW),
        ([(1, A, False), (1, A, False), (2, P, True)], 2, DraftState.APPROVED),
        ([(1, A, False), (2, P, False), (3, P, True)], 2, DraftState.IN_REVIEW),
        ([(1, A, False), (2, A, True), (2, P, True)], 2, DraftState.APPROVED),
        ([(1, R, False), (1, L, False), (2, L, True)], None, DraftState.RETURNED),
        ([(1, A, True)], None, None),
    ],
)
def test_whose_turn_it_is(rows: list[Any], step: int | None, state: DraftState | None) -> None:
    assert (open_step(rows), standing(rows)) == (step, state)


class TestWriting:
    def test_begins_with_the_text_of_its_kind(self, cast: Cast) -> None:
        draft = drafting.start_draft(
            actor=cast.secretary,
            organization=cast.world["TTHDND"],
            kind_code="ke-hoach",
            subject="  Giám sát  ",
        )
        assert (draft.subject, draft.state, draft.version, draft.drafter) == (
            "Giám sát",
            "drafting",
            1,
            cast.secretary,
        )
        assert draft.body.startswith("I. MỤC ĐÍCH, YÊU CẦU")
        assert verbs() == ["draft.started"]

    @pytest.mark.parametrize("part", ["leader", "delegate", "partner", "agency", "outsider", "admin"])
    def test_only_the_office_writes(self, cast: Cast, part: str) -> None:
        draft = written(cast)
        with pytest.raises(PermissionDenied):
            drafting.save_draft(actor=getattr(cast, part), draft=draft, data=typed(cast, body="x"), version=2)
        draft.refresh_from_db()
        assert draft.version == 2

    def test_a_save_is_counted_and_the_same_again_is_none(self, cast: Cast) -> None:
        draft = written(cast)
        assert (draft.version, draft.salutation, [s.seat.person.code for s in draft.signers.all()]) == (
            2, "Ủy ban nhân dân tỉnh", ["P01"],
        )  # fmt: skip
        again = drafting.save_draft(actor=cast.secretary, draft=draft, data=typed(cast), version=1)
        assert again.version == 2
        assert verbs() == ["draft.started", "draft.changed"]

    def test_a_stale_save_is_refused_with_what_is_stored(self, cast: Cast) -> None:
        draft = written(cast)
        with pytest.raises(StaleEdit) as refused:
            drafting.save_draft(
                actor=cast.secretary, draft=draft, data=typed(cast, body="Bản khác"), version=1
            )
        assert refused.value.stored == draft
        draft.refresh_from_db()
        assert draft.body != "Bản khác"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"is_legal": True}, "is_legal"),
            ({"subject": "x" * 1001}, "subject"),
            ({"subject": " "}, "subject"),
        ],
    )
    def test_what_breaks_a_rule_leaves_nothing(self, cast: Cast, changes: dict[str, Any], field: str) -> None:
        draft = written(cast)
        with pytest.raises((DomainError, ValidationError)) as refused:
            drafting.save_draft(actor=cast.secretary, draft=draft, data=typed(cast, **changes), version=2)
        found = refused.value
        assert field in ([found.field] if isinstance(found, DomainError) else found.message_dict)
        draft.refresh_from_db()
        assert (draft.subject, draft.version) == (SUBJECT, 2)

    def test_letters_of_other_scripts_are_kept(self, cast: Cast) -> None:
        draft = written(cast, body="Đoàn công tác 日本, Ελλάδα và ລາວ.")
        assert draft.body == "Đoàn công tác 日本, Ελλάδα và ລາວ."

    def test_somebody_of_another_house_does_not_sign(self, cast: Cast) -> None:
        draft = written(cast)
        seat = Membership.objects.get(person__code="P21")
        for form in ("", "TL"):
            signer = SignerInput(cast.world["TTHDND"], seat, form)
            with pytest.raises(DomainError) as refused:
                drafting.save_draft(
                    actor=cast.secretary, draft=draft, data=typed(cast, signers=[signer]), version=2
                )
            assert refused.value.field == "signer"
        assert [row.seat.person.code for row in draft.signers.all()] == ["P01"]

    def test_given_up_with_a_reason(self, cast: Cast) -> None:
        draft = written(cast)
        with pytest.raises(DomainError):
            drafting.drop_draft(actor=cast.secretary, draft=draft, reason="thôi")
        dropped = drafting.drop_draft(
            actor=cast.secretary, draft=draft, reason="Đã có công văn khác cùng nội dung"
        )
        assert dropped.state == DraftState.DROPPED
        with pytest.raises(DomainError):
            drafting.save_draft(actor=cast.secretary, draft=draft, data=typed(cast, body="x"), version=2)


class TestSignOff:
    def test_serial_steps_and_parallel_people(self, cast: Cast) -> None:
        deputy, third = second_leader(cast), second_leader(cast, "P03", "pct2")
        draft = submitted(cast, [deputy, third], [cast.secretary])
        assert (draft.state, DraftVersion.objects.get().number) == (DraftState.IN_REVIEW, 1)
        with pytest.raises(PermissionDenied):  # the second step is not asked yet
            signing_off.approve_draft(actor=cast.secretary, draft=draft)
        signing_off.approve_draft(actor=third, draft=draft, note="Nhất trí")
        with pytest.raises(PermissionDenied):  # once is enough
            signing_off.approve_draft(actor=third, draft=draft)
        signing_off.approve_draft(actor=deputy, draft=draft)
        draft.refresh_from_db()
        assert draft.state == DraftState.IN_REVIEW
        signing_off.approve_draft(actor=cast.secretary, draft=draft)
        draft.refresh_from_db()
        assert draft.state == DraftState.APPROVED
        with pytest.raises(DomainError):  # the signer signs, an approval is not enough
            signing_off.approve_draft(actor=cast.leader, draft=draft)
        assert list(SignOff.objects.values_list("name", "verdict")) == [
            ("Trần Thị Hải Yến", "approved"), ("Lê Quang Vịnh", "approved"), ("Trần Thu Hà", "approved"),
            ("Nguyễn Đình Lâm", "pending"),
        ]  # fmt: skip

    def test_returned_goes_back_and_nobody_else_is_asked(self, cast: Cast) -> None:
        deputy, third = second_leader(cast), second_leader(cast, "P03", "pct2")
        draft = submitted(cast, [deputy, third])
        with pytest.raises(DomainError) as refused:
            signing_off.return_draft(actor=deputy, draft=draft, reason="sửa")
        assert refused.value.field == "reason"
        signing_off.return_draft(actor=deputy, draft=draft, reason="Bổ sung số liệu đến cuối tháng 5")
        draft.refresh_from_db()
        assert draft.state == DraftState.RETURNED
        assert list(SignOff.objects.values_list("verdict", flat=True)) == ["returned", "lapsed", "lapsed"]
        with pytest.raises(PermissionDenied):
            signing_off.approve_draft(actor=third, draft=draft)
        signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[[deputy]])
        assert [version.number for version in draft.versions.order_by("number")] == [1, 2]

    def test_taken_back_by_the_office(self, cast: Cast) -> None:
        draft = submitted(cast, [second_leader(cast)])
        with pytest.raises(PermissionDenied):
            signing_off.withdraw_draft(actor=cast.leader, draft=draft)
        assert signing_off.withdraw_draft(actor=cast.secretary, draft=draft).state == DraftState.DRAFTING
        assert set(SignOff.objects.values_list("verdict", flat=True)) == {"lapsed"}

    @pytest.mark.parametrize(("changes", "field"), [({"signers": []}, "signer"), ({"body": "\n \n"}, "body")])
    def test_incomplete_is_not_put_forward(self, cast: Cast, changes: dict[str, Any], field: str) -> None:
        draft = written(cast, **changes)
        with pytest.raises(DomainError) as refused:
            signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[])
        assert refused.value.field == field
        assert not DraftVersion.objects.exists()

    def test_a_signer_whose_post_ended_yesterday(self, cast: Cast) -> None:
        draft = written(cast)
        yesterday = clock.today() - timedelta(days=1)
        Membership.objects.filter(person__code="P01", organization=cast.world["TTHDND"]).update(
            valid_to=yesterday
        )
        with pytest.raises(DomainError) as refused:
            signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=[])
        assert refused.value.message == (
            f"Nguyễn Đình Lâm, Chủ tịch HĐND {cast.world['TTHDND'].label}, đã thôi giữ chức vụ từ "
            f"{yesterday:%d/%m/%Y}. Chọn người ký khác."
        )

    def test_reviewers_are_of_the_house_and_asked_once(self, cast: Cast) -> None:
        draft = written(cast)
        for steps in ([[cast.partner]], [[cast.leader], [cast.leader]], [[cast.delegate]]):
            with pytest.raises(DomainError):
                signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=steps)
        assert not DraftVersion.objects.exists()

    def test_delegation_in_its_days_only(self, cast: Cast) -> None:
        deputy = second_leader(cast)
        draft = submitted(cast, [cast.leader])
        today = clock.today()
        made = delegating.delegate(
            actor=cast.secretary, organization=cast.world["TTHDND"], principal=cast.leader, deputy=deputy,
            valid_from=today + timedelta(days=1), valid_to=today + timedelta(days=3), basis="Giấy ủy quyền số 05",
        )  # fmt: skip
        with pytest.raises(PermissionDenied):
            signing_off.approve_draft(actor=deputy, draft=draft)
        with clock.at(clock.at_time(today + timedelta(days=3))):
            deputy = type(deputy).objects.get(pk=deputy.pk)
            signing_off.approve_draft(actor=deputy, draft=draft)
        row = SignOff.objects.get(signer=None)
        assert (row.verdict, row.name, row.decided_by, row.on_behalf) == (
            "approved",
            "Nguyễn Đình Lâm",
            deputy,
            True,
        )
        ended = delegating.end_delegation(actor=cast.leader, delegation=made)
        assert ended.ended_at is not None

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"basis": " "}, "basis"),
            ({"days": -1}, "valid_to"),
            ({"same": True}, "deputy"),
            ({"far": True}, "deputy"),
        ],
    )
    def test_a_delegation_that_makes_no_sense(self, cast: Cast, change: dict[str, Any], field: str) -> None:
        deputy = (
            cast.leader if change.get("same") else cast.partner if change.get("far") else second_leader(cast)
        )
        with pytest.raises(DomainError) as refused:
            delegating.delegate(
                actor=cast.leader, organization=cast.world["TTHDND"], principal=cast.leader, deputy=deputy,
                valid_from=clock.today() - timedelta(days=5),
                valid_to=clock.today() + timedelta(days=change.get("days", 5)), basis=change.get("basis", "GUQ 05"),
            )  # fmt: skip
        assert refused.value.field == field


class TestRemarks:
    def test_on_a_paragraph_answered_once(self, cast: Cast) -> None:
        draft = submitted(cast, [cast.leader])
        remark = signing_off.comment_draft(actor=cast.leader, draft=draft, text="Ghi rõ mốc", place=1)
        assert (remark.quote, remark.version) == ("Báo cáo gửi trước ngày 30/6./.", draft.versions.get())
        with pytest.raises(DomainError):
            signing_off.comment_draft(actor=cast.leader, draft=draft, text="Xa quá", place=2)
        with pytest.raises(PermissionDenied):
            signing_off.comment_draft(actor=cast.partner, draft=draft, text="Không được hỏi")
        signing_off.answer_comment(actor=cast.secretary, comment=remark, answer="Đã ghi 30/6/2026")
        with pytest.raises(DomainError):
            signing_off.answer_comment(actor=cast.secretary, comment=remark)
        assert draft.comments.count() == 1

    def test_carried_to_where_the_same_words_stand(self, cast: Cast) -> None:
        from documents.draft_view import blocks_of

        draft = written(cast)
        kept = signing_off.comment_draft(actor=cast.secretary, draft=draft, text="Giữ", place=1)
        gone = signing_off.comment_draft(actor=cast.secretary, draft=draft, text="Mất", place=0)
        body = "Đoạn mới.\nĐoạn nữa.\nBáo cáo gửi trước ngày 30/6./."
        blocks, loose = blocks_of(body, draft.comments.all())
        assert ([(block.place, block.comments) for block in blocks], loose) == (
            [(0, []), (1, []), (2, [kept])], [gone],
        )  # fmt: skip


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
        message = Message.objects.get()
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
        body = re.sub(r"\{.*?\}", "đã điền", draft.body)
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
