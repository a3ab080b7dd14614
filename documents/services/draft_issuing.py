"""Sign and issue a draft: with its number, its file and what it does to an earlier paper, in one transaction.

A long paper takes minutes to set: its number is kept when the last signs, and a job issues it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from councils.models import Organization, User
from councils.permissions import ensure
from documents.choices import DocumentState, DraftState, RelationKind, SigningForm, Verdict
from documents.draft_paper import Content, draft_paper, lines_of, signers_of
from documents.heading import Signatory
from documents.law.sign_off import standing
from documents.models import Document, DocumentRelation, Draft, DraftSigner, DraftVersion, Issuer, SignOff
from documents.paper.html import paper_pdf
from documents.permissions.drafts import can_file_signed_copy, latest_version, open_sign_off
from documents.queries.drafts import signer_seats
from documents.services.draft_printing import is_long
from documents.services.drafting import locked, move
from documents.services.issuing import about_fields, issue
from documents.services.numbering import Numbered
from documents.services.registering import PaperInput, fill_number, reserve_numbers
from documents.services.signing_off import NOT_ASKED, rows_of, settle
from documents.signers import signatory_of
from hdnd.audit.services import record
from hdnd.jobs import Progress, Result
from hdnd.jobs.models import Job
from hdnd.jobs.services import start
from hdnd.lib import clock, files
from hdnd.lib.errors import DomainError

JOB = "documents.issue_draft"
NOT_OFFICE = "Chỉ văn phòng của cơ quan ban hành mới lấy số và vào sổ bản đã ký."


@transaction.atomic
def sign_draft(*, actor: Any, draft: Draft) -> Draft:
    """The signer's yes; the last one's issues the paper: number, date, file, register, addressees.

    Whoever signs in a leader's place signs with their own name, KT., as a leader of the same body.

    Raises:
        PermissionDenied: it does not wait for the actor's signature.
        DomainError: the signer's post has ended, the actor in their place leads nothing, or as `issue`.
    """
    draft = locked(draft)
    row = signing_row(actor=actor, draft=draft)
    if draft.has_number:
        raise DomainError(
            f"Văn thư đã lấy số {draft.document} để ký giấy. Ký bản giấy, hoặc báo văn thư hủy số."
        )
    give_signature(actor=actor, draft=draft, row=row)
    if standing(rows_of(row.version)) is None:
        if is_long(Content.of(row.version.content)):
            _issue_later(actor, draft)
        else:
            _issue(actor, draft, row.version)
    return draft


@transaction.atomic
def issue_again(*, actor: Any, draft: Draft) -> Job:
    """Starts the issuing of a long paper once more, which failed after all had signed; under the number kept for it.

    Raises:
        PermissionDenied: the actor does not serve the office of the body, or it is not approved.
        DomainError: somebody has yet to sign, or as `reserve_numbers`.
    """
    draft = locked(draft)
    ensure(can_file_signed_copy(actor, draft), NOT_OFFICE)
    version = latest_version(draft)
    if version is None or standing(rows_of(version)) is not None:
        raise DomainError("Chưa đủ người ký. Chờ người còn lại ký.")
    return _issue_later(actor, draft)


def _issue_later(actor: Any, draft: Draft) -> Job:
    """Keeps a number, unless one is kept already, and hands the rest to a worker: nobody waits for the series."""
    if not draft.has_number:
        (draft.document,) = reserve_numbers(
            actor=actor, organization=draft.organization, doc_type=draft.kind.doc_type,
            purpose=f"Dự thảo {draft}"[:1000], is_legal=draft.is_legal, co_issuers=co_issuers(signers_of(draft)),
            is_ensured=True,
        )  # fmt: skip
        draft.save(update_fields=["document"])
    back = reverse("documents:draft_detail", args=[draft.pk])
    args = {"draft": draft.pk, "actor": actor.pk}
    return start(
        actor=actor, kind=JOB, args=args, title=f"Phát hành {draft.document}: {draft.subject}", back=back
    )


def run_issue(args: dict[str, Any], progress: Progress) -> Result:
    """Runner of the job: sets the paper that all have signed, then registers it.

    Raises:
        DomainError: the number is kept no more, or as `numbered_paper` and `fill_number`.
    """
    draft, actor = Draft.objects.get(pk=args["draft"]), User.objects.get(pk=args["actor"])
    progress(0, 1)
    if draft.state != DraftState.ISSUED:
        draft = _issue_signed(actor, draft, draft.document_id, numbered_paper(draft))
    line = draft.document
    assert line is not None
    progress(1, 1)
    return Result(files.read(line.file), f"{line.symbol.replace('/', '-')}.pdf", "application/pdf")


@transaction.atomic
def _issue_signed(actor: Any, draft: Draft, line_id: int | None, content: bytes) -> Draft:
    draft = locked(draft)
    if draft.state == DraftState.ISSUED:  # meanwhile, with the copy signed by hand
        return draft
    version, line = latest_version(draft), draft.document
    if version is None or line is None or line.pk != line_id or draft.state != DraftState.APPROVED:
        raise DomainError("Trong lúc dựng văn bản, dự thảo hoặc số của nó đã đổi. Phát hành lại.")
    found = [signatory_of(signer, line.issued_on) for signer in signers_of(draft)]
    document = fill_number(
        actor=actor, line=line, is_ensured=True,
        paper=PaperInput(
            subject=str(version.content["subject"]), signer_name="; ".join(one.name for one in found)[:120],
            signer_title="; ".join(one.full_title for one in found)[:200], issued_on=line.issued_on,
            file_name="van-ban.pdf", content=content, recipients=tuple(version.content["recipients"]),
            addressees=list(draft.addressees.all()),
        ),
    )  # fmt: skip
    about = about_fields(draft.about)
    for name, value in about.items():
        setattr(document, name, value)
    if about:
        document.save(update_fields=list(about))
    close(actor=actor, draft=draft, document=document)
    return draft


def signing_row(*, actor: Any, draft: Draft) -> SignOff:
    """The sign-off by which the actor signs now; a seat that changes hands is changed here.

    Raises:
        PermissionDenied: it does not wait for the actor's signature.
        DomainError: the signer's post has ended, or the actor in their place leads nothing.
    """
    row = open_sign_off(actor, draft)
    ensure(row is not None and row.signer_id is not None, NOT_ASKED)
    assert row is not None
    assert row.signer is not None
    if row.user_id != actor.pk:
        _sign_instead(row.signer, actor)
    signatory_of(row.signer, clock.today())
    return row


def give_signature(*, actor: Any, draft: Draft, row: SignOff) -> None:
    """Writes down that the actor has signed."""
    settle(row=row, verdict=Verdict.APPROVED, actor=actor)
    changes = {"version": row.version.number, "for": row.name}
    record("documents.draft.signed", draft, actor=actor, changes=changes)


def _sign_instead(signer: DraftSigner, actor: Any) -> None:
    """A deputy signs under the own name: the seat is exchanged for theirs."""
    seats = signer_seats([signer.organization]).filter(organization=signer.organization)
    seat = seats.filter(person=actor.person_id).first() if actor.person_id else None
    if seat is None:
        raise DomainError(
            f"Bạn được ủy quyền cho ý kiến, nhưng không phải lãnh đạo {signer.organization} để ký. "
            "Trả lại để văn phòng đổi người ký.",
        )
    signer.seat, signer.form, signer.authority = seat, SigningForm.OWN, ""
    signer.save(update_fields=["seat", "form", "authority"])


def _issue(actor: Any, draft: Draft, version: DraftVersion) -> None:
    signers = signers_of(draft)
    today = clock.today()
    found = [signatory_of(signer, today) for signer in signers]
    content = signed_content(version, found)

    def render(issuer: Issuer, taken: Numbered) -> bytes:
        return paper_pdf(draft_paper(draft, content, taken, today))

    document = issue(
        actor=actor, organization=draft.organization, doc_type=draft.kind.doc_type, subject=content.subject,
        signer_name="; ".join(one.name for one in found)[:120],
        signer_title="; ".join(one.full_title for one in found)[:200], recipients=content.recipients,
        addressees=draft.addressees.all(), about=draft.about, co_issuers=co_issuers(signers),
        is_legal=content.is_legal, is_ensured=True, render=render,
    )  # fmt: skip
    close(actor=actor, draft=draft, document=document)


def signed_content(version: DraftVersion, found: list[Signatory]) -> Content:
    """The version's words under the signatures of today."""
    stored = version.content | {"signers": [(one.title, one.name, one.authority) for one in found]}
    return Content.of(stored)


def co_issuers(signers: list[DraftSigner]) -> list[Organization]:
    """Who issues it with the first."""
    return [signer.organization for signer in signers[1:]]


def close(*, actor: Any, draft: Draft, document: Document) -> None:
    """The draft has become its document, and the earlier paper is what it now is."""
    draft.document = document
    draft.save(update_fields=["document"])
    if draft.object_id is not None and document.object_id is None:  # issued under a number kept before
        document.content_type, document.object_id = draft.content_type, draft.object_id
        document.save(update_fields=["content_type", "object_id"])
    move(draft, DraftState.ISSUED)
    if draft.target is not None:
        DocumentRelation.objects.create(document=document, target=draft.target, kind=draft.relation)
        record(
            f"documents.document.{_PASSIVE[draft.relation]}", draft.target, actor=actor,
            changes={"document": document.symbol},
        )  # fmt: skip
        if draft.relation == RelationKind.WITHDRAWS:
            draft.target.state = DocumentState.WITHDRAWN
            draft.target.save(update_fields=["state"])
    record("documents.draft.issued", draft, actor=actor, changes={"symbol": document.symbol})


_PASSIVE: dict[str, str] = {
    RelationKind.REPLACES: "replaced",
    RelationKind.AMENDS: "amended",
    RelationKind.CORRECTS: "corrected",
    RelationKind.WITHDRAWS: "withdrawn",
}


@transaction.atomic
def take_number_for_paper(*, actor: Any, draft: Draft) -> Document:
    """Keeps a number for an approved draft that the leader signs by hand; the office writes it on the paper.

    Raises:
        PermissionDenied: the actor does not serve the office of the body, or it is not approved.
        DomainError: a number is taken already, a signer's post has ended, or as `reserve_numbers`.
    """
    draft = locked(draft)
    ensure(can_file_signed_copy(actor, draft), NOT_OFFICE)
    if draft.has_number:
        raise DomainError(f"Đã lấy số {draft.document}. Vào sổ bản đã ký theo số này.")
    signers = signers_of(draft)
    for signer in signers:
        signatory_of(signer, clock.today())
    (line,) = reserve_numbers(
        actor=actor, organization=draft.organization, doc_type=draft.kind.doc_type, purpose=f"Dự thảo {draft}"[:1000],
        is_legal=draft.is_legal, co_issuers=co_issuers(signers),
    )  # fmt: skip
    draft.document = line
    draft.save(update_fields=["document"])
    record("documents.draft.number_taken", draft, actor=actor, changes={"symbol": line.symbol})
    return line


def numbered_paper(draft: Draft) -> bytes:
    """The approved text as PDF under the number that was taken for it and that day's date, before anybody signs.

    The same bytes each time, so that a copy signed elsewhere can be held against it.

    Raises:
        DomainError: no number is taken, or a signer's post had ended on that day.
    """
    version, line = latest_version(draft), draft.document
    if not draft.has_number or line is None or version is None:
        raise DomainError("Chưa có số cho văn bản. Lấy số trước rồi ký.")
    found = [signatory_of(signer, line.issued_on) for signer in signers_of(draft)]
    taken = Numbered(line.number, line.symbol, line.year, line.series)
    return paper_pdf(draft_paper(draft, signed_content(version, found), taken, line.issued_on))


@dataclass(frozen=True)
class SignedCopy:
    """The scan of the paper that was signed by hand."""

    issued_on: date
    file_name: str
    content: bytes
    copies: int | None = None


@transaction.atomic
def file_signed_copy(*, actor: Any, draft: Draft, copy: SignedCopy) -> Draft:
    """Registers the scan under the number that was taken for it.

    Raises:
        PermissionDenied: the actor does not serve the office of the body, or it is not approved.
        DomainError: no number is taken, or as `fill_number`.
    """
    draft = locked(draft)
    ensure(can_file_signed_copy(actor, draft), NOT_OFFICE)
    if not draft.has_number or draft.document is None:
        raise DomainError("Chưa có số cho bản giấy. Lấy số, ghi lên bản giấy rồi vào sổ bản đã ký.")
    version = latest_version(draft)
    assert version is not None
    found = [signatory_of(signer, copy.issued_on) for signer in signers_of(draft)]
    content = signed_content(version, found)
    document = fill_number(
        actor=actor, line=draft.document,
        paper=PaperInput(
            subject=content.subject, signer_name="; ".join(one.name for one in found)[:120],
            signer_title="; ".join(one.full_title for one in found)[:200], issued_on=copy.issued_on,
            file_name=copy.file_name, content=copy.content, recipients=lines_of("\n".join(content.recipients)),
            addressees=list(draft.addressees.all()), copies=copy.copies,
        ),
    )  # fmt: skip
    SignOff.objects.filter(version=version, verdict=Verdict.PENDING).update(
        verdict=Verdict.APPROVED, note="Ký trên bản giấy", decided_at=clock.now()
    )
    close(actor=actor, draft=draft, document=document)
    return draft
