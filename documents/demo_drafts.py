"""The demo's drafts: one being written, one that waits for the leader, one returned, one issued and then corrected.

Everything goes through the services under its own date. All fictional.
"""

from datetime import timedelta
from typing import Any

from coordination.law.working_days import is_working_day
from councils.models import Membership, Organization, User
from councils.queries import leaders_on
from documents.choices import RelationKind
from documents.models import Draft
from documents.services import draft_issuing, drafting, sending, signing_off
from documents.services.drafting import DraftInput, SignerInput
from hdnd.lib import clock
from hdnd.lib.background import silenced

PLAN = """I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Đánh giá việc chấp hành pháp luật về quản lý, sử dụng vốn đầu tư công; kiến nghị giải pháp tháo gỡ vướng mắc.
2. Yêu cầu
Giám sát đúng nội dung, không làm ảnh hưởng hoạt động bình thường của cơ quan, đơn vị được giám sát.
II. NỘI DUNG
1. Phạm vi: các dự án nhóm B, nhóm C sử dụng vốn ngân sách tỉnh.
2. Thời gian: từ ngày 01 đến ngày 15 của tháng sau.
| Stt | Đơn vị được giám sát | Hình thức |
| 1 | Sở Xây dựng | Làm việc trực tiếp |
| 2 | Sở Tài chính | Qua báo cáo |
III. TỔ CHỨC THỰC HIỆN
Ban Kinh tế - Ngân sách chủ trì; Văn phòng Đoàn ĐBQH và HĐND tỉnh bảo đảm điều kiện phục vụ./."""
LETTER = """Thực hiện chương trình công tác năm, Thường trực HĐND tỉnh đề nghị Ủy ban nhân dân tỉnh chỉ đạo rà soát tiến độ giải ngân vốn đầu tư công của từng dự án, nêu rõ nguyên nhân chậm và trách nhiệm của chủ đầu tư.
Báo cáo gửi về Thường trực HĐND tỉnh trước ngày họp thẩm tra **05 ngày làm việc**.
Thường trực HĐND tỉnh đề nghị Ủy ban nhân dân tỉnh quan tâm, phối hợp./."""
NOTICE = """Thường trực HĐND tỉnh thông báo lịch tiếp công dân của đại biểu HĐND tỉnh như sau:
| Ngày | Đại biểu | Địa điểm |
| Ngày 05 hằng tháng | Thường trực HĐND tỉnh | Trụ sở tiếp công dân tỉnh |
| Ngày 20 hằng tháng | Các Ban HĐND tỉnh | Trụ sở tiếp công dân tỉnh |
Các cơ quan, đơn vị biết, phối hợp thực hiện./."""


def load_drafts() -> int:
    """Plays the step once; returns how many drafts it made."""
    body = Organization.objects.filter(code="TTHDND").first()
    if body is None or Draft.objects.exists():
        return 0
    with silenced():
        _issued(body)
        _waiting(body)
        _returned(body)
        _begun(body)
    return Draft.objects.count()


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _seat(body: Organization) -> Membership:
    """The leader's own seat."""
    return leaders_on(body, clock.today()).get(person=_user("lanhdao").person)


def _days_ago(days: int, hour: int) -> Any:
    """A working day about that long ago."""
    moment = clock.at_time(clock.today() - timedelta(days=days), hour)
    while not is_working_day(moment.date()):
        moment -= timedelta(days=1)
    return moment


def _write(body: Organization, kind: str, subject: str, text: str, to: tuple[str, ...], **more: Any) -> Draft:
    draft = drafting.start_draft(
        actor=_user("thuky"), organization=body, kind_code=kind, subject=subject, **more
    )
    bodies = list(Organization.objects.filter(code__in=to).order_by("code"))
    return drafting.save_draft(
        actor=_user("thuky"), draft=draft, version=draft.version,
        data=DraftInput(
            subject=draft.subject, body=text or draft.body, salutation="\n".join(one.name for one in bodies),
            recipients="Như trên\nLãnh đạo Văn phòng" if draft.kind.has_salutation else "\n".join(one.name for one in bodies),
            addressees=bodies, signers=[SignerInput(body, _seat(body))],
        ),
    )  # fmt: skip


def _issued(body: Organization) -> None:
    """A notice goes out; a day later a letter corrects what was printed wrongly."""
    secretary, leader = _user("thuky"), _user("lanhdao")
    with clock.at(_days_ago(12, 9)):
        draft = _write(
            body, "thong-bao", "Lịch tiếp công dân của đại biểu HĐND tỉnh", NOTICE, ("UBND", "MTTQ")
        )
        signing_off.submit_draft(
            actor=secretary, draft=draft, steps=[], note="Kính trình đồng chí Chủ tịch ký"
        )
        document = draft_issuing.sign_draft(actor=leader, draft=draft).document
        assert document is not None
        sending.send_document(actor=secretary, document=document)
    with clock.at(_days_ago(9, 14)):
        letter = drafting.start_follow_up(actor=secretary, target=document, relation=RelationKind.CORRECTS)
        text = letter.body.replace("[nội dung đã in]", "Ngày 05 hằng tháng").replace(
            "[nội dung đúng]", "Ngày 06 hằng tháng"
        )
        letter = drafting.save_draft(
            actor=secretary, draft=letter, version=letter.version,
            data=DraftInput(
                subject=letter.subject, body=text, salutation="Ủy ban nhân dân tỉnh\nBan Thường trực Ủy ban MTTQ Việt Nam tỉnh",
                recipients="Như trên", addressees=list(document.addressees.all()), signers=[SignerInput(body, _seat(body))],
            ),
        )  # fmt: skip
        signing_off.submit_draft(actor=secretary, draft=letter, steps=[])
        correction = draft_issuing.sign_draft(actor=leader, draft=letter).document
        assert correction is not None
        sending.send_document(actor=secretary, document=correction)


def _waiting(body: Organization) -> None:
    """A letter that the leader finds on the desk."""
    with clock.at(_days_ago(1, 15)):
        draft = _write(body, "cong-van", "Rà soát tiến độ giải ngân vốn đầu tư công", LETTER, ("UBND",))
        signing_off.submit_draft(
            actor=_user("thuky"), draft=draft, steps=[], note="Kính trình đồng chí Chủ tịch xem xét, ký"
        )


def _returned(body: Organization) -> None:
    """A plan that came back with remarks."""
    with clock.at(_days_ago(3, 8)):
        draft = _write(
            body, "ke-hoach", "Giám sát việc quản lý, sử dụng vốn đầu tư công", PLAN, ("UBND", "SXD", "STC")
        )
        signing_off.submit_draft(actor=_user("thuky"), draft=draft, steps=[[_user("lanhdao")]])
    with clock.at(_days_ago(2, 16)):
        leader = _user("lanhdao")
        signing_off.comment_draft(
            actor=leader, draft=draft, text="Ghi rõ ngày, tháng; không viết “tháng sau”.", place=7
        )
        signing_off.comment_draft(actor=leader, draft=draft, text="Bổ sung Kho bạc Nhà nước.", place=10)
        signing_off.return_draft(
            actor=leader,
            draft=draft,
            reason="Bổ sung đơn vị được giám sát và thời gian cụ thể rồi trình lại.",
        )


def _begun(body: Organization) -> None:
    """A submission that is only begun."""
    with clock.at(_days_ago(1, 10)):
        drafting.start_draft(
            actor=_user("thuky"), organization=body, kind_code="to-trinh",
            subject="Chương trình giám sát năm sau của HĐND tỉnh",
        )  # fmt: skip
