"""Drafts over the small world of `tests.cast`: letterheads, one written draft, one put forward."""

from typing import Any

from councils.choices import RoleKind
from councils.models import User
from documents.models import Draft
from documents.services import drafting, signing_off
from documents.services.drafting import DraftInput, SignerInput
from tests import factories
from tests.cast import Cast
from tests.meetings import factories as make

BODY = "Thực hiện chương trình công tác, Thường trực HĐND tỉnh đề nghị rà soát tiến độ giải ngân.\nBáo cáo gửi trước ngày 30/6./."
SUBJECT = "Rà soát tiến độ giải ngân vốn đầu tư công"


def letterheads(cast: Cast) -> None:
    """TTHDND and UBND issue papers."""
    make.issuer(cast.world["TTHDND"])
    make.issuer(
        cast.world["UBND"], superior_lines="", name_lines="ỦY BAN NHÂN DÂN\nTỈNH VĨNH GIANG", symbol_body="UBND",
        signs_for="TM. ỦY BAN NHÂN DÂN",
    )  # fmt: skip


def second_leader(cast: Cast, person: str = "P02", username: str = "phochutich") -> User:
    """The account of a deputy of TTHDND."""
    account = factories.user(username, person=cast.world.people[person])
    factories.role(account, RoleKind.LEADER, cast.world["TTHDND"])
    return account


def typed(cast: Cast, **changes: Any) -> DraftInput:
    """What the secretary types: P01 signs, UBND gets it."""
    body = cast.world["TTHDND"]
    values: dict[str, Any] = {
        "subject": SUBJECT, "body": BODY, "salutation": "Ủy ban nhân dân tỉnh", "recipients": "Như trên",
        "addressees": [cast.world["UBND"]], "signers": [SignerInput(body, make.seat(cast.world, "P01"))], **changes,
    }  # fmt: skip
    return DraftInput(**values)


def written(cast: Cast, kind: str = "cong-van", **changes: Any) -> Draft:
    """A draft that says something and names its signer."""
    draft = drafting.start_draft(
        actor=cast.secretary, organization=cast.world["TTHDND"], kind_code=kind, subject=SUBJECT
    )
    return drafting.save_draft(actor=cast.secretary, draft=draft, data=typed(cast, **changes), version=1)


def submitted(cast: Cast, *steps: list[User], **changes: Any) -> Draft:
    """A draft put forward to the people of the steps, then to its signer."""
    draft = written(cast, **changes)
    signing_off.submit_draft(actor=cast.secretary, draft=draft, steps=steps)
    draft.refresh_from_db()
    return draft
