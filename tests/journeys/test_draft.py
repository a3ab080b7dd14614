"""A letter from the first word to its addressee: drafted, returned from a phone, mended in Word, signed, received."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document as WordDocument
from docx.oxml.ns import qn

from documents.models import Document
from tests.conftest import PHONE
from tests.journeys.test_main_job import sign_in
from tests.smtp import Sink, parts_of

SUBJECT = "Rà soát tiến độ giải ngân vốn đầu tư công"


def drafted(desk: Any) -> None:
    """From the list of drafts: a letter to UBND, saved while it is typed, put forward to its signer."""
    desk.goto("/van-ban/du-thao/")
    desk.get_by_role("link", name="Soạn văn bản", exact=True).click()
    desk.get_by_label("Cơ quan ban hành").select_option(label="Thường trực HĐND tỉnh")
    desk.get_by_label("Loại văn bản").select_option("cong-van")
    desk.get_by_label("Trích yếu").fill(SUBJECT)
    desk.get_by_role("button", name="Bắt đầu soạn").click()
    desk.get_by_label("Kính gửi", exact=True).fill("Ủy ban nhân dân tỉnh")
    desk.get_by_label("Nội dung", exact=True).fill("Đề nghị rà soát tiến độ.\nBáo cáo gửi sớm.")
    signer = desk.get_by_label("Người ký", exact=True)
    signer.select_option(signer.locator("option", has_text="Nguyễn Đình Lâm").get_attribute("value"))
    pick_addressee(desk)
    desk.locator("#draft-preview").get_by_text("Báo cáo gửi sớm.").wait_for()
    desk.locator("[data-save-state]", has_text="đã lưu lúc").wait_for()
    desk.get_by_role("link", name="Trình duyệt").click()
    desk.get_by_role("button", name="Trình", exact=True).click()
    desk.get_by_text("Đã trình bản 1.").wait_for()


def pick_addressee(desk: Any) -> None:
    desk.locator("#id_addressees-ts-control").click()
    desk.locator("#id_addressees-ts-control").fill("Ủy ban nhân dân tỉnh")
    desk.locator("#id_addressees-ts-dropdown .option").filter(has_text="Ủy ban nhân dân tỉnh").first.click()


def returned(phone: Any) -> None:
    """The leader finds it on the desk, remarks on the second paragraph, and sends it back."""
    phone.goto("/")
    phone.get_by_role("link", name=f"Công văn: {SUBJECT}").click()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.get_by_role("link", name="Góp ý đoạn 2").click()
    phone.locator(".remark-form").get_by_label("Góp ý").fill("Ghi rõ ngày nào")
    phone.get_by_role("button", name="Gửi góp ý").click()
    phone.get_by_text("Đã ghi góp ý.").wait_for()
    phone.get_by_label("Ý kiến").fill("Bổ sung thời hạn báo cáo")
    phone.get_by_role("button", name="Trả lại").click()
    phone.get_by_text("Đã trả lại dự thảo.").wait_for()


def mended_in_word(desk: Any, folder: Path) -> None:
    """Taken to Word, changed there, uploaded; what differs is seen before it becomes the next version."""
    desk.goto("/")
    desk.get_by_role("link", name=f"Công văn: {SUBJECT}").click()
    desk.get_by_text("Ghi rõ ngày nào").wait_for()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Tải Word").click()
    word = WordDocument(io.BytesIO(Path(download.value.path()).read_bytes()))
    for text in word.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace("gửi sớm", "gửi trước ngày 30/6/2027")
    word.save(str(folder / "da-sua.docx"))
    desk.get_by_text("Tải bản Word đã sửa lên").click()
    desk.set_input_files("[name=file]", str(folder / "da-sua.docx"))
    desk.get_by_role("button", name="Xem chỗ khác nhau").click()
    desk.locator("ins", has_text="trước ngày 30/6/2027.").wait_for()
    desk.get_by_role("button", name="Nhận thành bản mới").click()
    desk.get_by_text("Đã nhận tệp Word thành bản 2.").wait_for()
    desk.get_by_role("link", name="Trình duyệt").click()
    desk.get_by_role("button", name="Trình", exact=True).click()
    desk.get_by_text("Đã trình bản 3.").wait_for()


def signed(phone: Any) -> None:
    phone.goto("/")
    phone.get_by_role("link", name=f"Công văn: {SUBJECT}").click()
    phone.locator(".para", has_text="trước ngày 30/6/2027").wait_for()
    phone.get_by_role("button", name="Ký, phát hành").click()
    phone.locator("#confirm").get_by_role("button", name="Ký, phát hành").click()
    phone.get_by_text("Đã ký, phát hành").first.wait_for()


def test_from_the_first_word_to_the_addressee(
    demo_province: None, post_office: Sink, new_page: Callable[..., Any], tmp_path: Path
) -> None:
    desk, phone = new_page(), new_page(PHONE)
    sign_in(desk, "thuky")
    sign_in(phone, "lanhdao")
    drafted(desk)
    returned(phone)
    mended_in_word(desk, tmp_path)
    signed(phone)
    document = Document.objects.get()
    assert (document.symbol, document.subject) == ("01/HĐND", SUBJECT)

    desk.reload()
    desk.get_by_role("button", name="Gửi", exact=True).click()
    mail = post_office.wait_for_mail("vanthu.ubnd@vinhgiang.test", "Công văn số 01/HĐND")
    assert parts_of(mail)["application/pdf"].get_filename() == "01-HĐND.pdf"
    desk.reload()
    desk.get_by_role("region", name="Gửi đi").get_by_text("đã gửi").first.wait_for()

    partner = new_page()
    sign_in(partner, "ubnd")
    partner.goto("/van-ban/?chieu=den")
    partner.get_by_role("row").filter(has_text=SUBJECT).wait_for()
