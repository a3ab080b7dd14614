"""Put a draft forward, take it back, approve it, return it, remark on it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from councils.models import User
from councils.permissions import ensure
from documents.choices import DraftState, Verdict, VersionSource
from documents.draft_paper import signers_of
from documents.law.sign_off import open_step, standing
from documents.models import Draft, DraftComment, DraftSigner, DraftVersion, SignOff
from documents.paper.bodytext import lines_of, unmarked
from documents.paper.fields import open_fields
from documents.permissions.drafts import (
    can_comment_draft,
    can_draft,
    can_withdraw_draft,
    latest_version,
    open_sign_off,
)
from documents.queries.drafts import reviewers_of
from documents.services.draft_mails import tell_returned, tell_turn
from documents.services.drafting import CLOSED, MIN_REASON, NOT_YOURS, freeze, locked, move
from documents.signers import signatory_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc

NOT_ASKED = "Dự thảo này hiện không chờ ý kiến của bạn."


@transaction.atomic
def submit_draft(
    *, actor: Any, draft: Draft, steps: Sequence[Sequence[User]], note: str = "", version: int | None = None
) -> DraftVersion:
    """Freezes the working copy as a version and asks the people of the first step; the signers come last.

    Args:
        steps: who is asked, step by step; all of a step at once. None: it goes straight to the signers.
        version: the count of saves the actor had before them; None skips the check.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: nobody signs or may no longer sign, nothing written, open remarks are no hindrance;
            somebody asked twice or of another house.
    """
    draft = locked(draft)
    ensure(can_draft(actor, draft.organization), NOT_YOURS)
    if not draft.is_editable:
        raise DomainError(CLOSED.format(state=draft.get_state_display()))
    if version is not None and version != draft.version:
        raise DomainError("Dự thảo vừa được người khác sửa. Xem lại bản mới rồi trình.")
    signers = signers_of(draft)
    _ensure_complete(draft, signers)
    asked = [list(dict.fromkeys(step)) for step in steps if step]
    _ensure_reviewers(draft, asked)
    made = freeze(draft=draft, actor=actor, source=VersionSource.BROWSER, note=note)
    rows = [
        SignOff(version=made, step=at, user=user, name=user.display_name)
        for at, step in enumerate(asked, start=1)
        for user in step
    ]
    rows += [
        SignOff(
            version=made, step=len(asked) + 1, user=account_of(signer), name=signer.seat.person.full_name, signer=signer
        )
        for signer in signers
    ]  # fmt: skip
    SignOff.objects.bulk_create(rows)
    move(draft, DraftState.IN_REVIEW if asked else DraftState.APPROVED)
    record(
        "documents.draft.submitted", draft, actor=actor,
        changes={"version": made.number, "asked": [row.name for row in rows], "note": made.note},
    )  # fmt: skip
    tell_turn(actor=actor, draft=draft)
    return made


def _ensure_complete(draft: Draft, signers: Sequence[DraftSigner]) -> None:
    if not lines_of(draft.body):
        raise DomainError("Dự thảo chưa có nội dung. Soạn nội dung rồi trình.", field="body")
    left = open_fields("\n".join((draft.subject, draft.salutation, draft.body, draft.recipients)))
    if left:
        raise DomainError(f"Còn chỗ chưa điền: {', '.join(left)}. Điền hoặc xóa rồi trình.", field="body")
    if not signers:
        raise DomainError("Chưa chọn người ký. Mở phần soạn thảo, chọn người ký rồi trình.", field="signer")
    for signer in signers:
        signatory_of(signer, clock.today())


def _ensure_reviewers(draft: Draft, asked: Sequence[Sequence[User]]) -> None:
    everyone = [user.pk for step in asked for user in step]
    if len(set(everyone)) < len(everyone):
        raise DomainError("Một người được chọn ở hai bước duyệt. Mỗi người chỉ duyệt một lần.", field="steps")
    known = set(reviewers_of(draft.organization).values_list("pk", flat=True))
    if not set(everyone) <= known:
        raise DomainError(
            "Chỉ trình được cho lãnh đạo, chuyên viên của cơ quan đang có tài khoản. Chọn lại người duyệt.",
            field="steps",
        )


def account_of(signer: DraftSigner) -> User | None:
    """The signer's account; None when they sign on paper."""
    found: User | None = signer.seat.person.users.filter(is_active=True).order_by("pk").first()
    return found


@transaction.atomic
def withdraw_draft(*, actor: Any, draft: Draft) -> Draft:
    """Takes a draft back before it is signed.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: it is not put forward, or a number is taken for it.
    """
    draft = locked(draft)
    ensure(can_draft(actor, draft.organization), NOT_YOURS)
    if draft.has_number:
        raise DomainError(
            f"Đã lấy số {draft.document} để ký giấy. Vào sổ bản đã ký, hoặc hủy số trong sổ văn bản rồi rút dự thảo."
        )
    if not can_withdraw_draft(actor, draft):
        raise DomainError(CLOSED.format(state=draft.get_state_display()))
    _lapse(draft)
    move(draft, DraftState.DRAFTING)
    record("documents.draft.withdrawn", draft, actor=actor)
    return draft


@transaction.atomic
def approve_draft(*, actor: Any, draft: Draft, note: str = "") -> Draft:
    """One person's yes in the step that decides now; the signers' yes is `sign_draft`.

    Raises:
        PermissionDenied: it does not wait for the actor.
        DomainError: it waits for their signature.
    """
    draft = locked(draft)
    row = open_sign_off(actor, draft)
    ensure(row is not None, NOT_ASKED)
    assert row is not None
    if row.signer_id is not None:
        raise DomainError("Dự thảo đang chờ bạn ký. Chọn “Ký, phát hành”.")
    settle(row=row, verdict=Verdict.APPROVED, actor=actor, note=note)
    rows = rows_of(row.version)
    state = standing(rows)
    if state is not None and state != draft.state:
        move(draft, state)
    record(
        "documents.draft.approved", draft, actor=actor,
        changes={"version": row.version.number, "for": row.name, "note": nfc(note)},
    )  # fmt: skip
    if open_step(rows) != row.step:
        tell_turn(actor=actor, draft=draft)
    return draft


@transaction.atomic
def return_draft(*, actor: Any, draft: Draft, reason: str) -> Draft:
    """Sends the draft back to its drafter; nobody else needs to decide on this version any more.

    Raises:
        PermissionDenied: it does not wait for the actor.
        DomainError: the reason is too short, or a number is taken for the copy to be signed.
    """
    draft = locked(draft)
    row = open_sign_off(actor, draft)
    ensure(row is not None, NOT_ASKED)
    assert row is not None
    if len(nfc(reason)) < MIN_REASON:
        raise DomainError(f"Ghi rõ cần sửa gì, ít nhất {MIN_REASON} ký tự.", field="reason")
    if draft.has_number:
        raise DomainError(f"Đã lấy số {draft.document} để ký giấy. Báo văn thư hủy số rồi trả lại.")
    settle(row=row, verdict=Verdict.RETURNED, actor=actor, note=reason)
    _lapse(draft)
    move(draft, DraftState.RETURNED)
    record(
        "documents.draft.returned", draft, actor=actor,
        changes={"version": row.version.number, "for": row.name, "reason": nfc(reason)},
    )  # fmt: skip
    tell_returned(actor=actor, draft=draft, row=row)
    return draft


@transaction.atomic
def comment_draft(*, actor: Any, draft: Draft, text: str, place: int | None = None) -> DraftComment:
    """A remark on the paragraph at `place` (from 0) of the working copy, or on the whole.

    Raises:
        PermissionDenied: the actor is not of the office and was not asked.
        DomainError: empty, or the paragraph is gone.
    """
    draft = locked(draft)
    ensure(can_comment_draft(actor, draft), "Bạn không góp ý được cho dự thảo này.")
    text = nfc(text)
    if not text:
        raise DomainError("Ghi nội dung góp ý.", field="text")
    lines = lines_of(draft.body)
    if place is not None and not 0 <= place < len(lines):
        raise DomainError("Đoạn được góp ý không còn. Tải lại trang rồi góp ý ở đoạn mới.", field="text")
    made = DraftComment(
        draft=draft, version=latest_version(draft), place=place, quote="" if place is None else unmarked(lines[place]),
        text=text, author=actor, at=clock.now(),
    )  # fmt: skip
    made.save()
    record("documents.draft.commented", draft, actor=actor, changes={"text": text[:200]})
    return made


@transaction.atomic
def answer_comment(*, actor: Any, comment: DraftComment, answer: str = "") -> DraftComment:
    """The office answers a remark, which settles it; whoever made it may settle it too.

    Raises:
        PermissionDenied: neither of the office nor its author.
        DomainError: it is settled already.
    """
    draft = locked(comment.draft)
    comment = DraftComment.objects.select_related("author").get(pk=comment.pk)
    allowed = can_draft(actor, draft.organization) or comment.author_id == actor.pk
    ensure(allowed, "Chỉ văn phòng soạn thảo hoặc người góp ý mới đóng được góp ý này.")
    if not comment.is_open:
        raise DomainError("Góp ý này đã được trả lời.")
    comment.answer, comment.answered_by, comment.answered_at = nfc(answer), actor, clock.now()
    comment.save(update_fields=["answer", "answered_by", "answered_at"])
    record("documents.draft.comment_answered", draft, actor=actor, changes={"answer": comment.answer[:200]})
    return comment


def settle(*, row: SignOff, verdict: Verdict, actor: Any, note: str = "") -> None:
    """Writes one person's word; called behind the lock of the draft."""
    row.verdict, row.note, row.decided_at, row.decided_by = verdict, nfc(note), clock.now(), actor
    row.save(update_fields=["verdict", "note", "decided_at", "decided_by"])


def rows_of(version: DraftVersion) -> list[tuple[int, str, bool]]:
    """The version's sign-offs as `law.sign_off` reads them."""
    rows = version.sign_offs.values_list("step", "verdict", "signer")
    return [(step, verdict, signer is not None) for step, verdict, signer in rows]


def _lapse(draft: Draft) -> None:
    SignOff.objects.filter(version__draft=draft, verdict=Verdict.PENDING).update(verdict=Verdict.LAPSED)
