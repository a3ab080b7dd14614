"""From a draft to its paper: what it says as plain data, and the sheet both renderers draw."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from documents import heading
from documents.choices import UrgencyMark
from documents.law.numbering import joint_body, symbol
from documents.models import Draft, DraftSigner, Issuer
from documents.paper.kinds import kind_of
from documents.paper.model import Letterhead, Paper, SignatureBlock, Signer, Urgency
from documents.paper.sheet import Sheet, paper_of
from documents.services.numbering import Numbered, issuer_of
from documents.signers import signatory_of
from hdnd.lib.errors import DomainError

_URGENCY = {
    UrgencyMark.URGENT: Urgency.URGENT,
    UrgencyMark.VERY_URGENT: Urgency.VERY_URGENT,
    UrgencyMark.EXPRESS: Urgency.EXPRESS,
}


@dataclass(frozen=True)
class Content:
    """All that a draft says, as a version stores it.

    Attributes:
        salutation: `Kính gửi`, a line each; `recipients` likewise.
        signers: title, name and authority lines of each who signs.
        addressees: names of the bodies it is sent to.
    """

    kind: str
    subject: str
    body: str
    salutation: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: str = ""
    is_legal: bool = False
    signers: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    addressees: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Content":
        """Back from JSON."""
        signers = tuple((title, name, tuple(lines)) for title, name, lines in stored["signers"])
        lists = {name: tuple(stored[name]) for name in ("salutation", "recipients", "addressees")}
        return cls(**{**stored, **lists, "signers": signers})

    @property
    def signature(self) -> SignatureBlock:
        """The signature block; an empty one where nobody is named yet."""
        signers = tuple(Signer(title, name, lines) for title, name, lines in self.signers)
        return SignatureBlock(signers or (Signer("", ""),))


def content_of(draft: Draft, day: date) -> Content:
    """The working copy as it would be signed on the day; a signer who no longer may is still shown by name."""
    return Content(
        kind=draft.kind_code,
        subject=draft.subject,
        body=draft.body,
        salutation=lines_of(draft.salutation),
        recipients=lines_of(draft.recipients),
        urgency=draft.urgency,
        is_legal=draft.is_legal,
        signers=tuple(_signed_by(signer, day) for signer in signers_of(draft)),
        addressees=tuple(body.name for body in draft.addressees.all()),
    )


def signers_of(draft: Draft) -> list[DraftSigner]:
    """Who signs, in order, with their seats and bodies."""
    return list(
        draft.signers.select_related("organization__area", "seat__person", "seat__post", "seat__organization")
    )


def _signed_by(signer: DraftSigner, day: date) -> tuple[str, str, tuple[str, ...]]:
    try:
        found = signatory_of(signer, day)
    except DomainError:
        return heading.signing_title(signer.seat.post.name), signer.seat.person.full_name, ()
    return found.title, found.name, found.authority


def draft_paper(
    draft: Draft, content: Content, taken: Numbered | None = None, day: date | None = None
) -> Paper:
    """The paper; without a number and a day it is the draft.

    Raises:
        DomainError: a body that issues it has no letterhead.
    """
    issuers = [issuer_of(draft.organization), *_joint_issuers(draft)]
    number = taken.number if taken else None
    suffix = heading.suffix(taken.symbol if taken else expected_symbol(issuers, content, day))
    return paper_of(
        Sheet(
            kind=kind_of(content.kind),
            letterhead=_letterhead(issuers),
            number=number,
            suffix=suffix,
            place=issuers[0].place,
            issued_on=day if taken else None,
            subject=content.subject,
            body=content.body,
            signature=content.signature,
            recipients=heading.recipients(issuers[0], content.recipients),
            addressees=content.salutation,
            urgency=_URGENCY.get(UrgencyMark(content.urgency)) if content.urgency else None,
        )
    )


def issued_paper(draft: Draft, content: Content) -> Paper:
    """The paper with the number and day it was issued under, where it was."""
    line = draft.document
    if line is None or not line.has_paper:
        return draft_paper(draft, content)
    taken = Numbered(line.number, line.symbol, line.year, line.series)
    return draft_paper(draft, content, taken, line.issued_on)


def expected_symbol(issuers: Sequence[Issuer], content: Content, day: date | None) -> str:
    """The symbol as it will be, under number 01."""
    lead = issuers[0]
    body = joint_body([one.joint_symbol or one.symbol_body for one in issuers])
    return symbol(
        template=lead.legal_template if content.is_legal else lead.symbol_template,
        number=1,
        type_code=kind_of(content.kind).doc_type,
        body=body if len(issuers) > 1 else lead.symbol_body,
        year=day.year if day else 0,
    )


def _joint_issuers(draft: Draft) -> list[Issuer]:
    return [issuer_of(signer.organization) for signer in signers_of(draft)[1:]]


def _letterhead(issuers: Sequence[Issuer]) -> Letterhead:
    """The issuer's own; a joint paper names all bodies, joined by dashes (NĐ 30/2020, Phụ lục I, mục II.2)."""
    if len(issuers) == 1:
        return heading.letterhead(issuers[0])
    names = [heading.full_name(one.organization).upper() for one in issuers]
    return Letterhead((*(f"{name} -" for name in names[:-1]), names[-1]))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def joined(lines: Iterable[str]) -> str:
    """Lines as a form field holds them."""
    return "\n".join(lines)
