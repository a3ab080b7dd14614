"""Plays the matrix, and sees to it that no URL is missing from it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import PARTS, Cast
from tests.permissions import matrix
from tests.permissions.matrix import PERSONS, ROWS, SIGN_IN, Row


def patterns(found: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every URL pattern of the site with its full name; unnamed ones end in `?`."""
    for item in get_resolver().url_patterns if found is None else found:
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, (*spaces, item.namespace) if item.namespace else spaces)
        else:
            yield ":".join((*spaces, item.name or "?")), item


NAMES = {name for name, _ in patterns()}
ADMIN_NAMES = {name for name in NAMES if name.startswith("admin:")}
ALLAUTH_NAMES = {name for name in NAMES if name.startswith(("account_", "mfa_"))}


def ask(client: Client, person: Any, method: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """The answer to one person's request."""
    if person is not None:
        client.force_login(person)
    return getattr(client, method)(address, data or {})


def status(response: Any) -> int | str:
    """The status, with the way to the sign-in page told apart from other redirects."""
    if response.status_code == 302 and urlsplit(response["Location"]).path == reverse("account_login"):
        return SIGN_IN
    return int(response.status_code)


# ---- completeness -----------------------------------------------------------------------------------------


def test_every_url_of_the_project_is_in_the_matrix() -> None:
    known = [row.name for row in ROWS]
    assert sorted(set(known)) == sorted(known)
    assert sorted(NAMES - ADMIN_NAMES - ALLAUTH_NAMES) == sorted(known)


def test_every_page_of_allauth_is_in_one_of_the_groups() -> None:
    groups = (set(matrix.ALLAUTH_OPEN), matrix.ALLAUTH_STEPS, matrix.ALLAUTH_SIGNED_IN)
    assert sorted(ALLAUTH_NAMES) == sorted(set().union(*groups))
    assert sum(len(group) for group in groups) == len(ALLAUTH_NAMES)


def test_every_app_in_admin_is_in_one_of_the_groups() -> None:
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps - matrix.ADMIN_MANAGED - matrix.ADMIN_READ_ONLY - matrix.ADMIN_HIDDEN == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_rows_name_every_person(row: Row) -> None:
    assert (sorted(row.get), sorted(row.post)) == (sorted(PERSONS), sorted(PERSONS))


# ---- the project's own pages ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_matrix(row: Row, method: str, person: str, cast: Cast, client: Client) -> None:
    made = row.setup(cast)
    address = reverse(row.name, kwargs=row.args(cast, made))
    data = row.data(cast, made) if method == "post" else {}
    response = ask(client, cast.persons()[person], method, address, data)
    expected = (row.get if method == "get" else row.post)[person]
    assert status(response) == expected


@pytest.mark.django_db
def test_a_body_that_does_not_exist_is_not_found(cast: Cast, client: Client) -> None:
    address = reverse("councils:organization_detail", args=[999_999])
    assert status(ask(client, cast.secretary, "get", address)) == 404


# ---- allauth ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ALLAUTH_NAMES))
def test_allauth_for_the_anonymous_visitor(name: str, client: Client) -> None:
    address = reverse(name, kwargs=matrix.ALLAUTH_ARGS.get(name, {}))
    if name in matrix.ALLAUTH_OPEN:
        assert client.get(address).status_code == matrix.ALLAUTH_OPEN[name]
    else:
        for method in ("get",) if name in matrix.ALLAUTH_STEPS else ("get", "post"):
            assert status(ask(client, None, method, address)) == SIGN_IN


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    from councils.models import User

    data = {
        "username": "moi",
        "email": "moi@hdnd.test",
        "password1": "Mat-khau-2026",
        "password2": "Mat-khau-2026",
    }
    client.post(reverse("account_signup"), data)
    assert User.objects.count() == 0


# ---- Django admin -----------------------------------------------------------------------------------------


def admin_addresses() -> list[str]:
    """Every address of Django admin that has a name, with 1 for the key."""
    found = []
    for name, pattern in patterns():
        if name in ADMIN_NAMES and not name.endswith((":?", ":login", ":logout")):
            if name == "admin:app_list":
                found += [reverse(name, args=[app]) for app in sorted(matrix.ADMIN_MANAGED & {"councils"})]
            else:
                keys = {"content_type_id": 1, "object_id": 1, "id": 1}
                wanted = pattern.pattern.converters
                found.append(reverse(name, kwargs={key: keys[key] for key in wanted}))
    return sorted(set(found))


@pytest.mark.django_db
@pytest.mark.parametrize("person", [part for part in PERSONS if part != "admin"])
def test_admin_is_closed_to_all_but_administrators(person: str, cast: Cast, client: Client) -> None:
    user = cast.persons()[person]
    open_ones = []
    for address in admin_addresses():
        for method in ("get", "post"):
            response = ask(client, user, method, address)
            if response.status_code != 302 or not response["Location"].startswith(reverse("admin:login")):
                open_ones.append((method, address, response.status_code))
    assert open_ones == []
    # The door itself: the anonymous are sent to sign in, the others are refused.
    door = ask(client, user, "get", reverse("admin:login"))
    assert status(door) == (SIGN_IN if user is None else 403)


@pytest.mark.django_db
def test_admin_has_no_password_door_of_its_own(cast: Cast, client: Client) -> None:
    """Rate limits and second factors live in allauth; a form posted to admin's own login must not get in."""
    from tests.factories import PASSWORD

    response = client.post(reverse("admin:login"), {"username": cast.admin.username, "password": PASSWORD})
    assert status(response) == SIGN_IN
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=lambda m: m._meta.label
)
def test_what_administrators_may_do_in_admin(model: Any, cast: Cast, client: Client) -> None:
    app, name = model._meta.app_label, model._meta.model_name
    client.force_login(cast.admin)
    found = {
        page: client.get(reverse(f"admin:{app}_{name}_{page}")).status_code for page in ("changelist", "add")
    }
    if app in matrix.ADMIN_HIDDEN:
        expected = {"changelist": 403, "add": 403}
    elif app in matrix.ADMIN_READ_ONLY or model._meta.label in matrix.ADMIN_READ_ONLY_MODELS:
        expected = {"changelist": 200, "add": 403}
    else:
        expected = {"changelist": 200, "add": 200}
    assert found == expected


def test_the_cast_plays_all_parts() -> None:
    assert ("anonymous", *PARTS) == PERSONS
