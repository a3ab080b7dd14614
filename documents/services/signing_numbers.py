"""Sign a paper that already bears its number, and put it on its line of the register."""

from dataclasses import replace
from typing import Any

from django.db import transaction

from councils.models import Person
from councils.permissions import can_serve_office, ensure
from councils.queries import leaders_on
from documents.models import Document
from documents.queries.signatures import images_of
from documents.services.registering import NOT_YOURS, PaperInput, fill_number
from documents.services.signing import apply_signatures
from documents.signing.elsewhere import pages_of
from documents.signing.sources import SigningSource
from hdnd.audit.services import record
from hdnd.lib import filetypes
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc


def sign_number(
    *,
    actor: Any,
    line: Document,
    paper: PaperInput,
    person: SigningSource | None,
    organization: SigningSource | None,
) -> Document:
    """Signs the paper for its reserved number and registers it.

    Signing comes first and outside the transaction: a signer who has to agree on a telephone holds no lock. Whatever
    fails, nothing is stored and the number stays reserved.

    Args:
        paper: as the office enters it; `content` is the unsigned PDF of this system with the number on it.

    Raises:
        PermissionDenied: the actor does not serve the office of the body.
        DomainError: nobody signs, the PDF does not bear the number, or as `apply_signatures` and `fill_number`.
        ValidationError: a field breaks a rule.
    """
    ensure(can_serve_office(actor, line.organization), NOT_YOURS)
    sources = [source for source in (person, organization) if source is not None]
    if not sources:
        raise DomainError("Chưa có chữ ký nào. Chọn cách ký cho người ký hoặc cho cơ quan.")
    if line.is_reserved:
        _ensure_bears(paper, line.symbol)
        content = apply_signatures(
            paper.content, person=person, organization=organization, signer_name=paper.signer_name,
            images=images_of(_leader(line, paper), line.issuer),
        )  # fmt: skip
        paper = replace(paper, content=content)
    with transaction.atomic():
        done = fill_number(actor=actor, line=line, paper=paper)
        signers = _named(person, paper.signer_name) + _named(organization, str(line.organization))
        record("documents.document.signed", done, actor=actor, changes={"signers": signers})
    return done


def _ensure_bears(paper: PaperInput, symbol: str) -> None:
    filetypes.checked(paper.file_name, paper.content, [filetypes.PDF])
    lines = (line for page in pages_of(paper.content) or [] for line in page)
    if not any(symbol in nfc(line) for line in lines):
        raise DomainError(f"Văn bản trong tệp không ghi số {symbol}. Chọn đúng tệp đã ghi số.", field="file")


def _leader(line: Document, paper: PaperInput) -> Person | None:
    """The leader of that name, whose signature is drawn."""
    leaders = leaders_on(line.organization, paper.issued_on)
    return next((seat.person for seat in leaders if seat.person.full_name == nfc(paper.signer_name)), None)


def _named(source: SigningSource | None, name: str) -> list[str]:
    return [name] if source is not None else []
