"""From a consultation to its papers: fills the content models of `documents.paper`."""

from documents.choices import DocumentType
from documents.choices_consultation import Opinion, TallyRule
from documents.heading import full_name, letterhead, recipients, signatory, suffix
from documents.models import Consultation, Document, Issuer
from documents.paper import consultation_result as result_paper
from documents.paper import opinion_form as form_paper
from documents.paper.html import paper_pdf
from documents.paper.model import Paper, SignatureBlock, Signer
from documents.paper.numbers import numeric_date
from documents.queries.tallies import Count, QuestionRow
from documents.services.numbering import Numbered
from hdnd.lib import clock


def form_of(row: Consultation, issuer: Issuer, taken: Numbered | None) -> Paper:
    """The form; without a number it is the preview.

    Raises:
        DomainError: nobody to sign.
    """
    day = clock.today()
    late = (
        "được ghi nhận và tính vào kết quả"
        if row.counts_late
        else "được ghi nhận riêng, không tính vào kết quả"
    )
    phone = f" (điện thoại {issuer.phone})" if issuer.phone else ""
    data = form_paper.OpinionFormPaper(
        letterhead=letterhead(issuer),
        number=taken.number if taken else None,
        suffix=suffix(taken.symbol) if taken else f"{DocumentType.OPINION_FORM}-{issuer.symbol_body}",
        place=issuer.place,
        issued_on=day if taken else None,
        asker=full_name(row.organization),
        subject=row.title,
        addressees=tuple(kinh_gui(row)),
        introduction=tuple(line.strip() for line in row.introduction.splitlines() if line.strip()),
        questions=tuple(question.text for question in row.questions.all()),
        papers=tuple(paper.title for paper in row.papers.all()),
        answer_by=row.deadline,
        answer_way=f"đường dẫn trong thư điện tử, hoặc ghi phiếu này gửi về {full_name(row.organization)}{phone}",
        late_rule=f"Ý kiến gửi sau thời hạn này {late}",
        signature=signatory(issuer, row.organization, day).block,
        recipients=recipients(issuer, ["Như trên"]),
    )  # fmt: skip
    return form_paper.opinion_form(data)


def kinh_gui(row: Consultation) -> list[str]:
    """Who is addressed, a line each: the members together, or every body in order of protocol."""
    if row.members_of:
        return [f"Các thành viên {full_name(row.members_of)}"]
    bodies = [
        voice.organization for voice in row.voices.select_related("organization__area") if voice.organization
    ]
    return [full_name(body) for body in sorted(bodies, key=lambda body: body.protocol_key)]


def asked_in_words(row: Consultation) -> str:
    """`các thành viên Thường trực HĐND tỉnh Vĩnh Giang`, `các cơ quan, tổ chức`."""
    return f"các thành viên {full_name(row.members_of)}" if row.members_of else "các cơ quan, tổ chức"


def unit(row: Consultation) -> str:
    """What is counted."""
    return "thành viên" if row.asks_members else "cơ quan"


def rule_in_words(row: Consultation) -> str:
    """`quá nửa tổng số thành viên đồng ý, theo Điều 12 …`; empty when opinions are only collected."""
    if row.rule == TallyRule.COLLECT:
        return ""
    label = row.get_rule_display()
    rule = f"{label[:1].lower()}{label[1:]}"
    return f"{rule}, theo {row.rule_basis}" if row.rule_basis else rule


def result_subject(row: Consultation, *, is_minutes: bool) -> str:
    """What the paper of the result is about."""
    return result_paper.result_subject(row.title, asked_in_words(row), is_minutes=is_minutes)


def result_pdf(
    row: Consultation, count: Count, issuer: Issuer, taken: Numbered | None, *, is_minutes: bool, clerk: str
) -> bytes:
    """The result as PDF; without a number it is the preview. Minutes name who said what, a notice names bodies only.

    Args:
        clerk: who counted and signs the minutes at the left.

    Raises:
        DomainError: nobody to sign.
    """
    day = clock.today()
    signers = signatory(issuer, row.organization, day).block.signers
    if is_minutes:
        signers = (Signer("Người kiểm phiếu", clerk), *signers)
    kind = DocumentType.MINUTES if is_minutes else DocumentType.NOTICE
    data = result_paper.ConsultationResultPaper(
        letterhead=letterhead(issuer),
        number=taken.number if taken else None,
        suffix=suffix(taken.symbol) if taken else f"{kind}-{issuer.symbol_body}",
        place=issuer.place,
        issued_on=day if taken else None,
        is_minutes=is_minutes,
        issuer=full_name(row.organization),
        subject=row.title,
        form=form_in_words(row.document),
        deadline=row.deadline,
        asked=asked_in_words(row),
        unit=unit(row),
        voices=count.voices,
        answered=count.counted,
        late=count.late,
        late_counts=row.counts_late,
        rule=rule_in_words(row),
        items=tuple(_counted(one, named=is_minutes or not row.asks_members) for one in count.questions),
        signature=SignatureBlock(signers),
        recipients=recipients(issuer, ["Như trên"] if row.asks_members else kinh_gui(row)),
    )
    return paper_pdf(result_paper.consultation_result(data))


def form_in_words(form: Document | None) -> str:
    """`Phiếu lấy ý kiến số 04/PLYK-HĐND ngày 18/6/2026`."""
    return (
        f"Phiếu lấy ý kiến số {form.symbol} ngày {numeric_date(form.issued_on)}"
        if form
        else "Phiếu lấy ý kiến"
    )


def _counted(row: QuestionRow, *, named: bool) -> result_paper.Counted:
    tally = row.tally
    result = ""
    if tally.is_vote:
        result = "được thông qua" if tally.passed else "không được thông qua"
    remarks = []
    for one in row.remarks:
        said = " ".join(one.opinion.text.split())
        words = str(Opinion(one.opinion.opinion).label).lower()
        remarks.append(f"{one.name} ({words}): {said}" if named else f"{said} ({words})")
    return result_paper.Counted(
        row.question.text, tally.agree, tally.disagree, tally.other, tally.silent, result, tuple(remarks)
    )
