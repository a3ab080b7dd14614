"""Begin a draft, write it, give it up. The working copy is saved as often as one likes; versions are frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from councils.models import Membership, Organization
from councils.permissions import can_serve_office, ensure
from documents.choices import DraftState, RelationKind, SigningForm, VersionSource
from documents.draft_beginning import first_parts, kind_of_follow_up, lowered
from documents.draft_paper import content_of, joined, lines_of
from documents.law.numbering import may_be_legal
from documents.models import Document, Draft, DraftSigner, DraftVersion
from documents.paper.kinds import kind_of
from documents.permissions.drafts import can_draft, can_edit_draft
from documents.queries.papers import visible_documents
from documents.services.issuing import about_fields
from documents.services.numbering import issuer_of
from documents.signers import is_same_house
from hdnd.audit.services import changed, record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from hdnd.lib.text import nfc

NOT_YOURS = "Chỉ văn phòng của cơ quan ban hành mới soạn được dự thảo này."
STALE = "Dự thảo vừa được người khác lưu."
CLOSED = "Dự thảo này không còn sửa được ({state}). Tải lại trang để xem hiện trạng."
MIN_REASON = 10
MOST_SIGNERS = 3
TEXTS = ("subject", "body", "salutation", "recipients", "urgency", "is_legal")


@dataclass(frozen=True)
class SignerInput:
    """Who signs, for which body, in what form; names as in `DraftSigner`."""

    organization: Organization
    seat: Membership
    form: str = SigningForm.OWN
    authority: str = ""


@dataclass(frozen=True)
class DraftInput:
    """The working copy as typed; `salutation` and `recipients` a line each."""

    subject: str
    body: str = ""
    salutation: str = ""
    recipients: str = ""
    urgency: str = ""
    is_legal: bool = False
    addressees: Sequence[Organization] = ()
    signers: Sequence[SignerInput] = ()


@transaction.atomic
def start_draft(
    *,
    actor: Any,
    organization: Organization,
    kind_code: str,
    subject: str,
    relation: str = "",
    target: Document | None = None,
    about: models.Model | None = None,
) -> Draft:
    """Begins a draft with the template of its kind that stands at the body.

    Args:
        subject: empty for the one the template suggests.
        relation: what it will do to `target`, an issued paper of the same body; its text then begins by naming it.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: no subject, an unknown kind, no letterhead, or a target that can't be acted on.
    """
    ensure(can_draft(actor, organization), NOT_YOURS)
    issuer = issuer_of(organization)
    try:
        kind = kind_of(kind_code)
    except KeyError as error:
        raise DomainError("Chọn loại văn bản trong danh sách.", field="kind") from error
    parts = first_parts(issuer, kind, nfc(subject), relation, target)
    subject = nfc(subject) or nfc(parts["subject"])
    if not subject:
        raise DomainError("Ghi trích yếu: văn bản nói về việc gì.", field="subject")
    draft = Draft(
        organization=organization, kind_code=kind.code, subject=subject, body=parts["body"],
        drafter=actor, created_at=clock.now(), changed_at=clock.now(), relation=relation, target=target,
        salutation=parts.get("addressees", ""), urgency=parts["urgency"].lower(),
        recipients=parts["recipients"] or ("Như trên" if kind.has_salutation else ""), **about_fields(about),
    )  # fmt: skip
    draft.full_clean()
    if target is not None:
        _ensure_target(actor, draft, target)
    draft.save()
    if target is not None:
        draft.addressees.set(target.addressees.all())
        draft.recipients = joined(target.recipients) or draft.recipients
        draft.save(update_fields=["recipients"])
    record(
        "documents.draft.started", draft, actor=actor, changes={"kind_code": kind.name, "subject": subject}
    )
    return draft


def start_follow_up(*, actor: Any, target: Document, relation: RelationKind) -> Draft:
    """Begins the paper that replaces, amends, corrects or withdraws an issued one.

    Errors of content are mended by a paper of the same type, errors of form by an official letter (NĐ 30/2020, Điều 18).

    Raises:
        PermissionDenied, DomainError: as `start_draft`; the type is not among those that are written freely.
    """
    kind = kind_of_follow_up(target, relation)
    subject = f"{relation.label} {target.get_doc_type_display().lower()} số {target.symbol}"
    return start_draft(
        actor=actor, organization=target.organization, kind_code=kind.code,
        subject=f"{subject}, {lowered(target.subject)}"[:1000], relation=relation, target=target,
    )  # fmt: skip


def _ensure_target(actor: Any, draft: Draft, target: Document) -> None:
    """What is issued is only acted on by its own body's later paper, once at a time."""
    if not visible_documents(actor).filter(pk=target.pk).exists():
        raise DomainError("Không tìm thấy văn bản cần xử lý trong sổ.", field="target")
    if not can_serve_office(actor, target.organization):
        raise DomainError(
            f"{target} do {target.organization} ban hành: chỉ cơ quan ấy thay thế, sửa đổi hoặc thu hồi được.",
            field="target",
        )
    if target.state == "withdrawn":
        raise DomainError(f"{target} đã bị thu hồi, không còn gì để thay thế hoặc sửa đổi.", field="target")


@transaction.atomic
def save_draft(*, actor: Any, draft: Draft, data: DraftInput, version: int) -> Draft:
    """Saves the working copy; the same content again is no save.

    Args:
        version: the count of saves that the writer had before them.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: put forward or closed in between; a signer of another house; a type that is never legal.
        StaleEdit: somebody else saved in between; carries the stored draft.
        ValidationError: a field breaks a rule, as a subject of more than 1,000 characters.
    """
    draft = locked(draft)
    ensure(can_draft(actor, draft.organization), NOT_YOURS)
    if not can_edit_draft(actor, draft):
        raise DomainError(CLOSED.format(state=draft.get_state_display()))
    data = _composed(data)
    if _is_same(draft, data):
        return draft
    if draft.version != version:
        raise StaleEdit(STALE, stored=draft)
    if data.is_legal and not may_be_legal(draft.kind.doc_type):
        raise DomainError(
            "Chỉ nghị quyết của HĐND, quyết định của UBND là văn bản quy phạm pháp luật. Bỏ dấu chọn.",
            field="is_legal",
        )
    for name in TEXTS:
        setattr(draft, name, getattr(data, name))
    draft.version, draft.changed_at = draft.version + 1, clock.now()
    draft.full_clean()
    changes = changed(draft, [name for name in TEXTS if name != "body"])
    draft.save()
    draft.addressees.set(data.addressees)
    set_signers(draft, data.signers)
    record("documents.draft.changed", draft, actor=actor, changes={**changes, "length": len(draft.body)})
    return draft


def _composed(data: DraftInput) -> DraftInput:
    """Texts as the model will hold them, so that equal ones compare equal."""
    return DraftInput(
        subject=" ".join(nfc(data.subject).split()), body=nfc(data.body.replace("\r\n", "\n")),
        salutation=joined(lines_of(nfc(data.salutation))), recipients=joined(lines_of(nfc(data.recipients))),
        urgency=data.urgency, is_legal=data.is_legal, addressees=data.addressees, signers=data.signers,
    )  # fmt: skip


def _is_same(draft: Draft, data: DraftInput) -> bool:
    stored = [
        (row.organization_id, row.seat_id, row.form, row.authority)
        for row in draft.signers.order_by("position")
    ]
    given = [(one.organization.pk, one.seat.pk, one.form, nfc(one.authority)) for one in data.signers]
    bodies = set(draft.addressees.values_list("pk", flat=True))
    return (
        all(getattr(draft, name) == getattr(data, name) for name in TEXTS)
        and stored == given
        and bodies == {body.pk for body in data.addressees}
    )


def set_signers(draft: Draft, signers: Sequence[SignerInput]) -> None:
    """Who will sign; called behind the lock of the draft.

    Raises:
        DomainError: too many, a body named twice, the first not for the issuer, or of another house.
    """
    if len(signers) > MOST_SIGNERS:
        raise DomainError(f"Một văn bản có nhiều nhất {MOST_SIGNERS} người ký.", field="signer")
    bodies = [one.organization.pk for one in signers]
    if len(set(bodies)) < len(bodies) or (bodies and bodies[0] != draft.organization_id):
        raise DomainError("Mỗi cơ quan cùng ban hành ký một lần. Bỏ cơ quan bị chọn trùng.", field="signer")
    draft.signers.all().delete()
    for position, one in enumerate(signers, start=1):
        if one.form in ("", SigningForm.ACTING) and one.seat.organization_id != one.organization.pk:
            raise DomainError(
                f"{one.seat.person} không thuộc {one.organization}. Chọn lãnh đạo của cơ quan, hoặc ký TL., TUQ.",
                field="signer",
            )
        if not is_same_house(one.seat, one.organization):
            raise DomainError(
                f"{one.seat} không thuộc {one.organization} hay văn phòng của cơ quan này. Chọn người khác.",
                field="signer",
            )
        row = DraftSigner(
            draft=draft, position=position, organization=one.organization, seat=one.seat, form=one.form,
            authority=nfc(one.authority),
        )  # fmt: skip
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()


@transaction.atomic
def drop_draft(*, actor: Any, draft: Draft, reason: str) -> Draft:
    """Gives the draft up; it stays to be read.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: the reason is too short, or it is put forward, issued or dropped already.
    """
    draft = locked(draft)
    ensure(can_draft(actor, draft.organization), NOT_YOURS)
    if not draft.is_editable:
        raise DomainError(CLOSED.format(state=draft.get_state_display()))
    reason = nfc(reason)[:500]
    if len(reason) < MIN_REASON:
        raise DomainError(f"Ghi lý do không ban hành, ít nhất {MIN_REASON} ký tự.", field="reason")
    move(draft, DraftState.DROPPED)
    record("documents.draft.dropped", draft, actor=actor, changes={"reason": reason})
    return draft


def locked(draft: Draft) -> Draft:
    """The draft's row, held until the transaction ends: whatever changes a draft stands behind this lock."""
    found: Draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("organization__area", "document", "target")
        .get(pk=draft.pk)
    )
    return found


def move(draft: Draft, state: DraftState) -> None:
    """Writes the state; called behind the lock."""
    draft.state, draft.changed_at = state, clock.now()
    draft.save(update_fields=["state", "changed_at"])


def freeze(*, draft: Draft, actor: Any, source: VersionSource, note: str = "", **kept: str) -> DraftVersion:
    """The working copy as the next version; called behind the lock.

    Args:
        kept: `file` and `file_name` of the Word file it was read from.
    """
    last = draft.versions.order_by("-number").first()
    version = DraftVersion(
        draft=draft, number=last.number + 1 if last else 1, content=content_of(draft, clock.today()).stored(),
        source=source, note=nfc(note)[:500], at=clock.now(), by=actor, **kept,
    )  # fmt: skip
    version.full_clean(validate_constraints=False)
    version.save()
    return version
