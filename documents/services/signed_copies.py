"""An approved draft whose number the office has taken, signed digitally: by all its signers here, or with another program.

A single signer signs with the last yes, see `draft_signing`.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from councils.permissions import ensure
from documents.draft_paper import signers_of
from documents.models import Draft
from documents.permissions.drafts import can_file_signed_copy
from documents.queries.signatures import images_of
from documents.services.draft_issuing import NOT_OFFICE, SignedCopy, file_signed_copy, numbered_paper
from documents.services.draft_signing import Keys
from documents.services.numbering import issuer_of
from documents.services.signing import apply_signatures, signed_elsewhere
from hdnd.audit.services import record
from hdnd.lib.errors import DomainError


def sign_numbered_draft(*, actor: Any, draft: Draft, keys: Sequence[Keys]) -> Draft:
    """Makes the paper under its number, signs it place by place and registers it.

    Signing comes before the transaction: a signer who has to agree on a telephone holds no lock. Whatever fails,
    nothing is stored and the number stays.

    Args:
        keys: for each signer of the draft, in their order.

    Raises:
        PermissionDenied: the actor does not serve the office of the body, or the draft is not approved.
        DomainError: no number is taken, nobody signs, or as `apply_signatures` and `file_signed_copy`.
    """
    ensure(can_file_signed_copy(actor, draft), NOT_OFFICE)
    content = numbered_paper(draft)
    signed = []
    for signer, own in zip(signers_of(draft), keys, strict=True):
        if not own:
            continue
        person = signer.seat.person
        content = apply_signatures(
            content, person=own.person, organization=own.organization, signer_name=person.full_name,
            images=images_of(person, issuer_of(signer.organization)),
        )  # fmt: skip
        signed += [person.full_name] if own.person else []
        signed += [str(signer.organization)] if own.organization else []
    if not signed:
        raise DomainError("Chưa có chữ ký nào. Chọn cách ký cho người ký hoặc cho cơ quan.")
    return _file(actor, draft, content, signed)


def file_signed_elsewhere(*, actor: Any, draft: Draft, content: bytes) -> Draft:
    """Registers the paper as another program signed it: our bytes, and after them signatures that hold.

    Raises:
        PermissionDenied: the actor does not serve the office of the body, or the draft is not approved.
        DomainError: no number is taken, it is another file, its signatures do not hold, or as `file_signed_copy`.
    """
    ensure(can_file_signed_copy(actor, draft), NOT_OFFICE)
    report = signed_elsewhere(numbered_paper(draft), content)
    return _file(
        actor, draft, content, [one.certificate.name for one in report.signatures if one.certificate]
    )


@transaction.atomic
def _file(actor: Any, draft: Draft, content: bytes, signed: list[str]) -> Draft:
    line = draft.document
    assert line is not None  # numbered_paper has refused otherwise
    name = f"{line.symbol.replace('/', '-')}.pdf"
    done = file_signed_copy(
        actor=actor, draft=draft, copy=SignedCopy(issued_on=line.issued_on, file_name=name, content=content)
    )
    record("documents.document.signed", line, actor=actor, changes={"signers": signed})
    return done
