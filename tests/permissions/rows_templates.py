"""Rows of templates: TTHDND's office words its papers, its leader and delegates may not; others don't see them."""

from typing import Any

from documents.models import Issuer
from documents.paper.template_kinds import template_kind
from documents.services.templates import save_template
from tests.cast import Cast
from tests.meetings import factories as make
from tests.permissions.row import NOT_ALLOWED, Row, everyone

KIND = template_kind("giay-moi")


def worded(cast: Cast) -> Issuer:
    """TTHDND with one version of its own."""
    issuer = make.issuer(cast.world["TTHDND"])
    parts = KIND.defaults | {"opening": "{cơ quan mời} kính mời"}
    save_template(actor=cast.secretary, issuer=issuer, kind=KIND, parts=parts, seen=0)
    return issuer


def of_kind(cast: Cast, made: Issuer) -> dict[str, Any]:
    return {"pk": made.pk, "kind": KIND.code}


def built_in(cast: Cast, made: Issuer) -> dict[str, Any]:
    return {**of_kind(cast, made), "version": 0}


def typed(cast: Cast, made: Issuer) -> dict[str, Any]:
    return KIND.defaults | {"opening": "{cơ quan mời} xin mời", "seen": 1}


SEEN = everyone(404, secretary=200, leader=403, delegate=403)
DONE = everyone(404, secretary=302, leader=403, delegate=403)

ROWS = (
    Row("documents:template_list", everyone(200), NOT_ALLOWED, setup=worded),
    Row("documents:template_edit", SEEN, DONE, args=of_kind, data=typed, setup=worded),
    Row("documents:template_preview", SEEN, SEEN, args=of_kind, data=typed, setup=worded),
    Row("documents:template_version", SEEN, NOT_ALLOWED, args=built_in, setup=worded),
    Row("documents:template_restore", NOT_ALLOWED, DONE, args=built_in, setup=worded),
)
