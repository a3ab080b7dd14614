"""The end of a paper: signatures and Nơi nhận (NĐ 30/2020, Phụ lục I, mục II.7 to II.9)."""

import re

from documents.paper.markup import escape, phrase
from documents.paper.model import Form, Paper, Recipients, SignatureBlock, Signer
from documents.paper.wording import RECIPIENTS_WORD, recipient_lines
from hdnd.lib.text import fold


def closing(paper: Paper) -> str:
    """One signer beside Nơi nhận; several side by side with Nơi nhận below them."""
    if paper.signature is None and paper.recipients is None:
        return ""
    if paper.signature is not None and len(paper.signature.signers) > 1:
        inner = _several(paper.signature) + _recipients(paper.recipients, "recipients", paper.form)
    else:
        signer = _signer(paper.signature.signers[0], "right signer", 1, 1) if paper.signature else ""
        left = (
            _recipients(paper.recipients, "left recipients", paper.form)
            or '<div class="left recipients"></div>'
        )
        inner = f'<div class="columns">{left}{signer}</div>'
    return f'<div class="closing">{inner}</div>'


def _several(signature: SignatureBlock) -> str:
    total = len(signature.signers)
    columns = "".join(_signer(one, "signer", at, total) for at, one in enumerate(signature.signers, start=1))
    return f'<div class="columns signers">{columns}</div>'


def name_anchor(name: str, at: int, total: int) -> str:
    """The id of a signer's name, `ky-1-2-tran-thi-hai-yen`: WeasyPrint makes it a named destination of the PDF,
    by which `documents.signing.places` finds where to sign: the space above the name is the signature's."""
    return f"ky-{at}-{total}-{re.sub('[^a-z0-9]+', '-', fold(name)).strip('-')}"


def _signer(signer: Signer, css_class: str, at: int, total: int) -> str:
    authority = "".join(f"<p>{phrase(line)}</p>" for line in signer.authority)
    note = f'<p class="note">{escape(signer.note)}</p>' if signer.note else ""
    return (
        f'<div class="{css_class}">{authority}<p class="office">{phrase(signer.title)}</p>{note}'
        f'<p class="name" id="{name_anchor(signer.name, at, total)}">{escape(signer.name)}</p></div>'
    )


def _recipients(recipients: Recipients | None, css_class: str, form: Form) -> str:
    if recipients is None:
        return ""
    rows = "".join(f"<p>{escape(line)}</p>" for line in recipient_lines(recipients, form))
    return f'<div class="{css_class}"><p class="word">{RECIPIENTS_WORD}</p>{rows}</div>'
