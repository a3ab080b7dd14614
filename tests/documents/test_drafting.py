"""Drafts: written, saved, stale, put forward, signed off, remarked on."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from councils.models import Membership
from documents.choices import DraftState, Verdict
from documents.law.sign_off import open_step, standing
from documents.models import DraftVersion, SignOff
from documents.services import delegating, drafting, signing_off
from documents.services.drafting import SignerInput
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from tests.cast import Cast
from tests.documents.drafting import SUBJECT, letterheads, second_leader, submitted, typed, written

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
