"""The virus scanner: every upload goes past clamd (INSTREAM) when `CLAMAV_URL` names one."""

import io
import logging

from clamav_client.clamd import BufferTooLongError, ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

from hdnd.lib.errors import DomainError

logger = logging.getLogger(__name__)

SCAN_SECONDS = 30
"""How long a silent scanner is waited for, at each step."""
PING_SECONDS = 2


def is_configured() -> bool:
    """Whether uploads are scanned at all."""
    return bool(settings.CLAMAV_ADDRESS[0])


def ensure_clean(content: bytes) -> None:
    """Returns when no scanner is named, or it found nothing.

    Raises:
        DomainError: for the field `file`: a virus; or the scanner did not answer, and unscanned files are not taken.
    """
    if not is_configured():
        return
    try:
        report = _scanner(SCAN_SECONDS).instream(io.BytesIO(content))
    except BufferTooLongError as error:
        raise DomainError(
            "Tệp lớn hơn mức máy quét vi-rút nhận. Nén hoặc chia nhỏ rồi tải lên lại.", field="file"
        ) from error
    except (ClamdError, OSError) as error:
        _not_scanned(error)
        return
    verdict, name = report.get("stream", ("ERROR", "no verdict"))
    if verdict == "FOUND":
        logger.warning("An upload was refused: %s", name)
        raise DomainError(
            f"Tệp có vi-rút ({name}) nên không nhận. Quét máy tính đã tạo tệp, rồi tải lên bản sạch.",
            field="file",
        )
    if verdict != "OK":
        _not_scanned(name)


def _not_scanned(why: object) -> None:
    logger.error("The virus scanner does not answer: %s", why)
    if not settings.CLAMAV_OPTIONAL:
        raise DomainError(
            "Máy quét vi-rút chưa trả lời nên chưa nhận được tệp. Thử lại sau ít phút; nếu vẫn vậy, báo quản trị.",
            field="file",
        )


def trouble() -> str:
    """What the health page says of the scanner; "" when it answers or none is named."""
    if not is_configured():
        return ""
    try:
        answers = _scanner(PING_SECONDS).ping() == "PONG"
    except (ClamdError, OSError):
        answers = False
    if answers:
        return ""
    taken = "vẫn nhận mà không quét" if settings.CLAMAV_OPTIONAL else "bị từ chối"
    return f"máy quét vi-rút không trả lời: tệp tải lên {taken}"


def _scanner(seconds: int) -> ClamdNetworkSocket:
    place, port = settings.CLAMAV_ADDRESS
    if port:
        return ClamdNetworkSocket(place, port, timeout=seconds)
    return ClamdUnixSocket(place, timeout=seconds)
