"""The two addresses that signing may ask, each named in the settings: a remote signing service and a time server."""

import json
from functools import cache
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from hdnd.lib.errors import DomainError

TIMEOUT = 15.0
"""Seconds an address may take to answer once."""

LARGEST_ANSWER = 1024 * 1024  # bytes


def asked(url: str, *, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
    """The answer to a GET, or to a POST of the body.

    Raises:
        ValueError: not an http or https address.
        OSError: no answer, or one that is no success.
    """
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"neither http nor https: {url}")
    request = Request(url, data=body, headers=headers or {})  # noqa: S310 (the scheme is checked above)
    with urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
        content: bytes = answer.read(LARGEST_ANSWER)
        return content


def asked_json(url: str, *, token: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    """The same in JSON, with a bearer token.

    Raises:
        DomainError: no answer, a refusal, or no JSON object.
    """
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    body = None
    if content is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(content).encode()
    try:
        found = json.loads(asked(url, body=body, headers=headers))
    except HTTPError as error:
        if error.code == 404:
            raise DomainError(
                "Dịch vụ ký số không biết tài khoản ký này. Kiểm tra lại.", field="remote_key"
            ) from error
        raise DomainError(_SILENT) from error
    except (OSError, ValueError) as error:
        raise DomainError(_SILENT) from error
    if not isinstance(found, dict):
        raise DomainError(_SILENT)
    return found


@cache
def _time_server_class() -> type[Any]:
    from asyncio import to_thread

    from asn1crypto import tsp
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.sign.timestamps.common_utils import TimestampRequestError

    class TimeServer(TimeStamper):
        """A time server by RFC 3161 over HTTP."""

        def __init__(self, url: str) -> None:
            super().__init__()
            self.url = url

        async def async_request_tsa_response(self, req: Any) -> Any:
            headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
            try:
                content = await to_thread(asked, self.url, body=req.dump(), headers=headers)
                answer = tsp.TimeStampResp.load(content)
                answer["status"]["status"].native  # noqa: B018 (parses on reading)
            except (OSError, ValueError) as error:
                raise TimestampRequestError("the time server does not answer") from error
            return answer

    return TimeServer


def time_server(url: str) -> Any:
    """A pyHanko `TimeStamper` for the address; None for none."""
    return _time_server_class()(url) if url else None


_SILENT = "Dịch vụ ký số không trả lời đúng. Chưa ký gì; thử lại sau ít phút hoặc báo quản trị."
