"""The administrator at the browser."""

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def office(cast: Cast, client: Client) -> Client:
    """A browser of the administrator."""
    client.force_login(cast.admin)
    return client
