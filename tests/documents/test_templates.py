"""An office words its papers anew: versions, the way back, what is refused, the page."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from documents.models import PaperTemplate
from documents.paper.differences import differences
from documents.paper.html import paper_pdf
from documents.paper.template_kinds import TEMPLATE_KINDS, template_kind
from documents.queries.templates import own_wording, standing_parts
from documents.services.templates import restore_template, save_template
from documents.template_preview import sample_paper
from hdnd.audit.models import Entry
from hdnd.lib import clock
from hdnd.lib.errors import DomainError, StaleEdit
from meetings.papers import invitation_pdf
from tests.cast import Cast
from tests.documents.paper_reading import Reading
from tests.meetings import factories as make

LETTER, INVITATION = template_kind("cong-van"), template_kind("giay-moi")


@pytest.fixture
def issuer(cast: Cast) -> Any:
    return make.issuer(cast.world["TTHDND"])


def save(cast: Cast, issuer: Any, kind: Any = INVITATION, seen: int = 0, **parts: str) -> PaperTemplate:
    return save_template(
        actor=cast.secretary, issuer=issuer, kind=kind, parts=kind.defaults | parts, seen=seen, note="Theo ý lãnh đạo"
    )  # fmt: skip


def test_a_version_stands_and_an_older_one_comes_back(cast: Cast, issuer: Any) -> None:
    first = save(cast, issuer, opening="{cơ quan mời} kính mời")
    second = save(cast, issuer, seen=1, opening="{cơ quan mời} xin mời")
    assert (first.version, second.version) == (1, 2)
    assert standing_parts(issuer, "giay-moi")["opening"] == "{cơ quan mời} xin mời"
    back = restore_template(actor=cast.secretary, issuer=issuer, kind=INVITATION, version=1)
    assert (back.version, back.note, back.parts) == (3, "Khôi phục bản 1", first.parts)
    built_in = restore_template(actor=cast.secretary, issuer=issuer, kind=INVITATION, version=0)
    assert built_in.parts == INVITATION.defaults
    told = Entry.objects.filter(verb__startswith="documents.template").order_by("pk")
    assert [entry.verb.rsplit(".", 1)[1] for entry in told] == ["saved", "saved", "restored", "restored"]
    assert told[0].changes == {"kind": "Giấy mời", "version": 1, "parts": ["Mở đầu"]}


@pytest.mark.parametrize(
    ("kind", "parts", "field", "said"),
    [
        (INVITATION, {"opening": "{co quan moi} mời"}, "opening", "Có phải “{cơ quan mời}”?"),
        (LETTER, {"body": "{nơi gửi"}, "body", "Dấu ngoặc nhọn ở dòng 1 chưa khớp"),
        (LETTER, {"body": " \n "}, "body", "Phần “Nội dung” đang trống"),
        (LETTER, {"subject": "a" * 1001}, "subject", "dài 1001 ký tự, nhiều nhất 1000"),
        (LETTER, {"urgency": "GẤP"}, "urgency", "Chọn một giá trị"),
        (LETTER, {"authority": "THƯỜNG TRỰC HĐND"}, "authority", "chưa nói ký với quyền hạn nào"),
        (LETTER, {"authority": "TL."}, "authority", "chưa nói ký với quyền hạn nào"),
        (LETTER, {"body": "Ông 龍"}, "body", "“龍” (U+9F8D)"),
        (LETTER, {}, None, "Chưa có chữ nào khác"),
    ],
)
def test_what_a_template_may_not_say_is_told_and_not_stored(
    cast: Cast, issuer: Any, kind: Any, parts: dict[str, str], field: str | None, said: str
) -> None:
    with pytest.raises(DomainError) as refused:
        save(cast, issuer, kind, **parts)
    assert said in refused.value.message
    assert refused.value.field == field
    assert (PaperTemplate.objects.count(), Entry.objects.count()) == (0, 0)


def test_the_partys_marks_are_its_own(cast: Cast, issuer: Any) -> None:
    issuer.form = "party"
    issuer.save()
    with pytest.raises(DomainError, match="T/M, K/T"):
        save(cast, issuer, LETTER, authority="TM. BAN THƯỜNG VỤ")
    assert save(cast, issuer, LETTER, authority="T/M BAN THƯỜNG VỤ").version == 1


def test_two_who_edit_at_once(cast: Cast, issuer: Any) -> None:
    first = save(cast, issuer, opening="{cơ quan mời} kính mời")
    with pytest.raises(StaleEdit, match="đã lưu bản 1") as stale:
        save(cast, issuer, opening="{cơ quan mời} xin mời")
    assert stale.value.stored == first
    assert PaperTemplate.objects.count() == 1


def test_only_the_issuers_office(cast: Cast, issuer: Any) -> None:
    for person in (cast.leader, cast.delegate, cast.outsider, cast.partner):
        with pytest.raises(PermissionDenied):
            save_template(actor=person, issuer=issuer, kind=LETTER, parts={"body": "Khác"}, seen=0)
        with pytest.raises(PermissionDenied):
            restore_template(actor=person, issuer=issuer, kind=LETTER, version=0)
    assert PaperTemplate.objects.count() == 0


def test_restoring_what_stands_or_what_never_was(cast: Cast, issuer: Any) -> None:
    for version, said in ((0, "giống bản đang dùng"), (7, "không có bản 7")):
        with pytest.raises(DomainError, match=said):
            restore_template(actor=cast.secretary, issuer=issuer, kind=LETTER, version=version)


def test_the_invitation_of_a_meeting_speaks_the_offices_words(
    cast: Cast, issuer: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert own_wording(issuer, "giay-moi") == {}
    save(cast, issuer, opening="{cơ quan mời} kính mời quý đại biểu", request="Kính mong đại biểu dự đông đủ")
    meeting = make.meeting(cast.world)
    words = Reading(invitation_pdf(meeting, [], issuer, None)).words
    assert "Thường trực HĐND" in words
    assert "kính mời quý đại biểu" in words
    assert "Kính mong đại biểu dự đông đủ" in words


@pytest.mark.parametrize("kind", TEMPLATE_KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_a_sample_in_which_nothing_is_open(cast: Cast, issuer: Any, kind: Any) -> None:
    words = Reading(paper_pdf(sample_paper(issuer, kind, kind.defaults, clock.today()))).words
    assert not set("{}[]") & set(words)
    assert "THƯỜNG TRỰC" in words


def test_differences_word_by_word() -> None:
    pieces = differences("Đề nghị các đại biểu dự họp", "Đề nghị đại biểu dự phiên họp")
    assert [(piece.state, piece.text) for piece in pieces if piece.state != "same"] == [
        ("gone", "các "),
        ("new", "phiên "),
    ]
    assert "".join(piece.text for piece in pieces if piece.state != "gone") == "Đề nghị đại biểu dự phiên họp"


class TestPages:
    @pytest.fixture
    def office(self, cast: Cast, client: Client) -> Client:
        client.force_login(cast.secretary)
        return client

    def page(self, issuer: Any, name: str = "edit", **more: Any) -> str:
        return reverse(f"documents:template_{name}", kwargs={"pk": issuer.pk, "kind": "giay-moi", **more})

    def test_saving_from_the_page_and_the_list(self, cast: Cast, issuer: Any, office: Client) -> None:
        given = INVITATION.defaults | {"opening": "{cơ quan mời} kính mời", "seen": 0, "note": "Ngắn hơn"}
        assert office.post(self.page(issuer), given)["Location"] == self.page(issuer)
        page = office.get(reverse("documents:template_list"), {"co-quan": issuer.pk}).content.decode()
        assert "Bản 1: Ngắn hơn" in page
        assert f'<a href="{self.page(issuer)}">Giấy mời</a>' in page
        assert page.count("Mẫu có sẵn") == len(TEMPLATE_KINDS) - 1

    def test_what_was_typed_stays_beside_the_refusal(self, issuer: Any, office: Client) -> None:
        given = INVITATION.defaults | {"opening": "{người mời} mời", "seen": 0}
        answer = office.post(self.page(issuer), given)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Trường “{người mời}” không có trong mẫu này." in page
        assert 'Chưa lưu. Cần sửa: <a href="#id_opening">Mở đầu</a>.' in page
        assert "{người mời} mời</textarea>" in page

    def test_a_stale_page_may_be_saved_on_top_once_it_was_read(
        self, cast: Cast, issuer: Any, office: Client
    ) -> None:
        save(cast, issuer, opening="{cơ quan mời} kính mời")
        given = INVITATION.defaults | {"opening": "{cơ quan mời} xin mời", "seen": 0}
        answer = office.post(self.page(issuer), given)
        assert (answer.status_code, answer.context["form"]["seen"].value()) == (409, 1)
        assert "đã lưu bản 1" in answer.content.decode()
        assert office.post(self.page(issuer), given | {"seen": 1}).status_code == 302
        assert own_wording(issuer, "giay-moi")["opening"] == "{cơ quan mời} xin mời"

    def test_the_preview_is_of_what_is_typed(self, issuer: Any, office: Client) -> None:
        given = INVITATION.defaults | {"opening": "{cơ quan mời} kính mời quý vị"}
        answer = office.post(self.page(issuer, "preview"), given)
        assert answer["Content-Type"] == "application/pdf"
        assert "kính mời quý vị:" in Reading(answer.content).words
        wrong = office.post(self.page(issuer, "preview"), given | {"lead": "{xyz}"})
        assert (wrong.status_code, "Trường “{xyz}” không có" in wrong.content.decode()) == (422, True)
        assert PaperTemplate.objects.count() == 0

    def test_a_version_beside_the_standing_one(self, cast: Cast, issuer: Any, office: Client) -> None:
        save(cast, issuer, opening="{cơ quan mời} kính mời")
        page = office.get(self.page(issuer, "version", version=0)).content.decode()
        assert "<del>trân trọng </del>kính mời" in page
        assert office.post(self.page(issuer, "restore", version=0))["Location"] == self.page(issuer)
        assert own_wording(issuer, "giay-moi") == INVITATION.defaults
        assert office.get(self.page(issuer, "version", version=9)).status_code == 404

    def test_as_many_queries_for_thirty_versions_as_for_one(
        self, cast: Cast, issuer: Any, office: Client, django_assert_max_num_queries: Any
    ) -> None:
        counts = []
        for _ in range(2):
            with django_assert_max_num_queries(40) as asked:
                assert office.get(self.page(issuer)).status_code == 200
            counts.append(len(asked))
            for version in range(1, 31):
                PaperTemplate.objects.get_or_create(
                    issuer=issuer, kind="giay-moi", version=version, made_by=cast.secretary
                )
        assert counts[0] == counts[1]
