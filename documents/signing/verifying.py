"""Checks the signatures of any PDF, whichever program made them. Reads the file, changes and keeps nothing.

No address on the network is asked: whether a certificate was revoked is not known here, and the report says so.
"""

import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from documents.signing.certificates import SIGNING_USES, Certificate, described
from documents.signing.report import CHANGED, Finding, Report, SignatureReport, Tone, Whole
from documents.signing.stamps import moment_words
from hdnd.lib import clock
from hdnd.lib.dates import short_date

logger = logging.getLogger(__name__)

_SIGNED = b"/ByteRange"
_HEADER_WITHIN = 1024  # bytes, ISO 32000-1, annex H.3.4.1


def verify(pdf: bytes, roots: Sequence[Any], *, at: datetime) -> Report:
    """What can be said of the file's signatures.

    Args:
        roots: the authorities that are trusted, as `certificates.load_roots` reads them.
        at: now; whether a certificate is still valid is told for this moment.

    Returns:
        A report for any bytes whatever: nothing that can be uploaded raises.
    """
    if b"%PDF-" not in pdf[:_HEADER_WITHIN]:
        return _without("Tệp không phải PDF. Chọn tệp có đuôi .pdf.", Tone.BAD)
    try:
        found = _signatures(pdf)
    except _EncryptedError:
        return _without(
            "Tệp có mật khẩu nên không kiểm tra được. Lưu lại không mật khẩu, hoặc xin bản không mật khẩu ở nơi gửi.",
            Tone.BAD,
        )
    except Exception as error:  # whatever the parser meets in a broken file
        logger.info("A PDF could not be read for its signatures: %r", error)
        return _without(
            CHANGED if _SIGNED in pdf else "Tệp PDF bị hỏng, không mở được. Chọn lại tệp.", Tone.BAD
        )
    if not found:
        if _SIGNED in pdf:
            return _without(CHANGED, Tone.BAD)
        return _without("Tệp chưa có chữ ký số nào.", Tone.PLAIN)
    return Report(tuple(_checked(one, roots, at) for one in found))


class _EncryptedError(Exception):
    pass


def _without(text: str, tone: Tone) -> Report:
    return Report(problem=Finding(tone, text))


def _signatures(pdf: bytes) -> list[Any]:
    """The filled signature fields; time stamps of the whole document are not signatures of anybody."""
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf))
    except PdfReadError:  # others write less strictly than the standard asks
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    if reader.encrypted:
        raise _EncryptedError
    return list(reader.embedded_regular_signatures)


def _checked(signature: Any, roots: Sequence[Any], at: datetime) -> SignatureReport:
    try:
        return _report(signature, roots, at)
    except Exception as error:  # a signature that can't be read was not written so
        logger.info("A signature could not be checked: %r", error)
        return SignatureReport(None, None, False, Whole.CHANGED, False, (Finding(Tone.BAD, CHANGED),))


def _report(signature: Any, roots: Sequence[Any], at: datetime) -> SignatureReport:
    certificate = described(signature.signer_cert)
    claimed = signature.self_reported_timestamp
    status = _status(signature, roots, claimed or at)
    stamp = status.timestamp_validity
    is_stamped = stamp is not None and stamp.intact and stamp.valid
    signed_at = stamp.timestamp if is_stamped else (status.signer_reported_dt or claimed)
    if is_stamped and signed_at != claimed:
        status = _status(signature, roots, signed_at)
    signed_at = clock.local(signed_at) if signed_at is not None and signed_at.tzinfo else None
    whole = _whole(status, is_clean=_has_clean_padding(signature))
    findings = (
        *_wholeness(whole, status),
        _time(signed_at, stamp),
        # Of a changed file nobody can say whether the named person signed it.
        *(_trust(certificate, status, signed_at, at) if whole is not Whole.CHANGED else ()),
    )
    return SignatureReport(certificate, signed_at, is_stamped, whole, bool(status.trusted), findings)


def _status(signature: Any, roots: Sequence[Any], moment: datetime) -> Any:
    """pyHanko's own verdict, its trust judged for the moment of signing."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=signature.other_embedded_certs,
        moment=moment,
        allow_fetching=False,
    )
    return validate_pdf_signature(
        signature,
        signer_validation_context=context,
        key_usage_settings=KeyUsageConstraints(key_usage=set(SIGNING_USES)),
    )


def _whole(status: Any, *, is_clean: bool) -> Whole:
    from pyhanko.sign.diff_analysis import ModificationLevel

    if not (status.intact and status.valid and is_clean):
        return Whole.CHANGED
    if status.modification_level is ModificationLevel.OTHER or not status.docmdp_ok:
        return Whole.EDITED
    return Whole.WHOLE


def _has_clean_padding(signature: Any) -> bool:
    """The room kept for the signature is the one stretch that it does not cover: beyond its end stand zeros only."""
    from asn1crypto import parser

    content = signature.pkcs7_content
    return not content[parser.peek(content) :].strip(b"\0")


def _wholeness(whole: Whole, status: Any) -> list[Finding]:
    from pyhanko.sign.diff_analysis import ModificationLevel

    if whole is Whole.CHANGED:
        return [Finding(Tone.BAD, "Phần được ký không còn như lúc ký.")]
    if whole is Whole.EDITED:
        return [
            Finding(
                Tone.BAD,
                "Phần đã ký còn nguyên nhưng sau đó nội dung tệp bị sửa thêm. Không dùng tệp này; xin lại bản gốc ở nơi gửi.",
            )
        ]
    findings = [Finding(Tone.GOOD, "Tệp nguyên vẹn từ khi ký.")]
    if status.modification_level is ModificationLevel.FORM_FILLING:
        findings.append(Finding(Tone.PLAIN, "Sau chữ ký này chỉ có thêm chữ ký khác, nội dung không đổi."))
    elif status.modification_level is ModificationLevel.LTA_UPDATES:
        findings.append(
            Finding(Tone.PLAIN, "Sau chữ ký này chỉ có thêm dữ liệu xác thực, nội dung không đổi.")
        )
    return findings


def _time(signed_at: datetime | None, stamp: Any) -> Finding:
    if signed_at is None:
        return Finding(Tone.WARN, "Chữ ký không ghi thời gian ký.")
    if stamp is None:
        return Finding(Tone.PLAIN, f"Ký lúc {moment_words(signed_at)}, theo đồng hồ của máy ký.")
    if not (stamp.intact and stamp.valid):
        return Finding(Tone.WARN, "Dấu thời gian của chữ ký không hợp lệ; thời gian ký chưa xác nhận được.")
    known = "" if stamp.trusted else ", máy chủ này chưa có trong danh sách tin cậy"
    return Finding(
        Tone.GOOD if stamp.trusted else Tone.WARN,
        f"Ký lúc {moment_words(signed_at)}, theo máy chủ cấp dấu thời gian{known}.",
    )


def _trust(certificate: Certificate, status: Any, signed_at: datetime | None, at: datetime) -> list[Finding]:
    findings = [_chain(certificate, status)]
    moment = signed_at or at
    span = f"từ {short_date(certificate.valid_from.date())} đến {short_date(certificate.valid_to.date())}"
    if not certificate.valid_from <= moment <= certificate.valid_to:
        findings.append(Finding(Tone.BAD, f"Chứng thư không có hiệu lực lúc ký (hiệu lực {span})."))
    elif at > certificate.valid_to:
        findings.append(
            Finding(Tone.PLAIN, f"Chứng thư có hiệu lực lúc ký, nay đã hết hạn (hiệu lực {span}).")
        )
    else:
        findings.append(Finding(Tone.PLAIN, f"Chứng thư có hiệu lực {span}."))
    if not certificate.may_sign:
        findings.append(Finding(Tone.WARN, "Chứng thư này không được cấp để ký văn bản."))
    if not (status.revoked or certificate.is_test):
        findings.append(Finding(Tone.PLAIN, "Chưa tra cứu việc thu hồi chứng thư ở tổ chức chứng thực."))
    return findings


def _chain(certificate: Certificate, status: Any) -> Finding:
    if certificate.is_test:
        return Finding(Tone.WARN, "Chứng thư thử nghiệm, không có giá trị pháp lý.")
    if status.revoked:
        return Finding(Tone.BAD, "Chứng thư đã bị thu hồi.")
    if status.trusted:
        return Finding(Tone.GOOD, f"Chứng thư do {certificate.authority} cấp, là tổ chức tin cậy.")
    if status.validation_path is None:
        return Finding(
            Tone.WARN,
            f"Chưa tin cậy được: chứng thư do {certificate.authority} cấp, tổ chức này chưa có trong danh sách tin cậy "
            "của hệ thống. Quản trị thêm chứng thư của tổ chức đó nếu đã xác minh.",
        )
    return Finding(Tone.WARN, f"Chưa tin cậy được chứng thư do {certificate.authority} cấp.")
