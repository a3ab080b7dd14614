"""What a browser posts to the admin pages of bodies and people, and what it gets back."""

from typing import Any

from councils.models import Membership, Organization, Person
from hdnd.audit.models import Entry
from tests import factories as make


def inline(prefix: str, rows: list[dict[str, Any]] = (), stored: int = 0) -> dict[str, Any]:  # type: ignore[assignment]
    """The form data of one inline; stored rows first."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": stored}
    for index, row in enumerate(rows):
        data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return data


def person_form(
    person: Person, seats: list[dict[str, Any]] = (), stored: int = 0, **values: Any
) -> dict[str, Any]:  # type: ignore[assignment]
    own = {"full_name": person.full_name, "code": person.code, "gender": "", "email": "", "phone": ""}
    return own | values | inline("memberships", seats, stored)


def body_form(body: Organization, **values: Any) -> dict[str, Any]:
    own = {"code": body.code, "name": body.name, "kind": body.kind, "area": body.area_id or ""}
    empty = inline("contacts") | inline("memberships") | inline("roles") | inline("terms")
    return own | empty | values


def seat_row(seat: Membership, **values: Any) -> dict[str, Any]:
    return {
        "id": seat.pk,
        "person": seat.person_id,
        "organization": seat.organization_id,
        "post": seat.post_id,
        "valid_from": seat.valid_from,
        "valid_to": seat.valid_to or "",
    } | values


def errors(response: Any) -> list[dict[str, list[str]]]:
    """The errors of the page's inline rows, those without left out."""
    rows = [form for formset in response.context["inline_admin_formsets"] for form in formset.formset.errors]
    return [dict(row) for row in rows if row]


def verbs() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def names_on(response: Any) -> list[str]:
    return [str(row) for row in response.context["cl"].result_list]


def account_form(**values: Any) -> dict[str, Any]:
    return {
        "username": "moi", "password1": make.PASSWORD, "password2": make.PASSWORD,
        "email": "moi@hdnd.test", "first_name": "Mới", "last_name": "Lê Thị", "title": "", "person": "",
    } | inline("roles") | values  # fmt: skip
