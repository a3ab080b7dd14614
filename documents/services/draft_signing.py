"""The signer's yes with a digital signature: number, PDF, signatures, register."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from documents.draft_paper import Content, draft_paper, signers_of
from documents.heading import Signatory
from documents.models import Document, Draft
from documents.paper.html import paper_pdf
from documents.paper.model import Paper
from documents.queries.signatures import images_of
from documents.services.draft_issuing import close, give_signature, signed_content, signing_row
from documents.services.drafting import locked
from documents.services.numbering import Numbered
from documents.services.registering import PaperInput, fill_number, reserve_numbers
from documents.services.signing import apply_signatures
from documents.signers import signatory_of
from documents.signing.sources import SigningSource
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError


@dataclass(frozen=True)
class Keys:
    """With what one signs: the person's key, the body's, or both."""

    person: SigningSource | None = None
    organization: SigningSource | None = None

    def __bool__(self) -> bool:
        return self.person is not None or self.organization is not None


@dataclass(frozen=True)
class _Prepared:
    """The paper under its number, before anybody has signed it."""

    line: Document
    signatory: Signatory
    content: Content
    paper: Paper


def sign_digitally(*, actor: Any, draft: Draft, keys: Keys) -> Draft:
    """The signer's yes, with digital signatures on the paper; it is issued with them.

    The number is taken first; setting the paper and signing happen outside any transaction: who agrees
    on a telephone holds no lock. When signing fails the number stays kept for the draft, and the next try takes the same.

    Raises:
        PermissionDenied: it does not wait for the actor's signature.
        DomainError: no key, several signers, or as `sign_draft` and `apply_signatures`.
    """
    if not keys:
        raise DomainError("Chưa chọn cách ký số.")
    made = _prepare(actor, draft)
    seat = signers_of(draft)[0].seat
    signed = apply_signatures(
        paper_pdf(made.paper), person=keys.person, organization=keys.organization, signer_name=made.signatory.name,
        images=images_of(seat.person, made.line.issuer),
    )  # fmt: skip
    return _issue_signed(actor, draft, made, signed, keys)


@transaction.atomic
def _prepare(actor: Any, draft: Draft) -> _Prepared:
    """Takes the number unless one is kept from a try before; the paper of today is set outside, a long one takes minutes."""
    draft = locked(draft)
    row = signing_row(actor=actor, draft=draft)
    signers = signers_of(draft)
    if len(signers) > 1:
        raise DomainError(
            "Văn bản nhiều người ký: văn thư lấy số, rồi mọi người ký số ở trang “Ký số văn bản này” của dự thảo."
        )
    today = clock.today()
    signatory = signatory_of(signers[0], today)
    content = signed_content(row.version, [signatory])
    if not draft.has_number:
        (draft.document,) = reserve_numbers(
            actor=actor, organization=draft.organization, doc_type=draft.kind.doc_type,
            purpose=f"Dự thảo {draft}"[:1000], is_legal=draft.is_legal, is_ensured=True,
        )  # fmt: skip
        draft.save(update_fields=["document"])
    line = draft.document
    assert line is not None
    taken = Numbered(line.number, line.symbol, line.year, line.series)
    return _Prepared(line, signatory, content, draft_paper(draft, content, taken, today))


@transaction.atomic
def _issue_signed(actor: Any, draft: Draft, made: _Prepared, signed: bytes, keys: Keys) -> Draft:
    draft = locked(draft)
    row = signing_row(actor=actor, draft=draft)
    if draft.document_id != made.line.pk:
        raise DomainError("Trong lúc ký, số của dự thảo đã đổi. Tải lại trang rồi ký lại.")
    give_signature(actor=actor, draft=draft, row=row)
    document = fill_number(
        actor=actor, line=made.line, is_ensured=True,
        paper=PaperInput(
            subject=made.content.subject, signer_name=made.signatory.name, signer_title=made.signatory.full_title,
            issued_on=clock.today(), file_name="van-ban.pdf", content=signed, recipients=made.content.recipients,
            addressees=list(draft.addressees.all()),
        ),
    )  # fmt: skip
    names = [made.signatory.name] if keys.person else []
    names += [str(draft.organization)] if keys.organization else []
    record("documents.document.signed", document, actor=actor, changes={"signers": names})
    close(actor=actor, draft=draft, document=document)
    return draft
