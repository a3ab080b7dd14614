"""Letterheads and opening numbers of the demo. All fictional."""

from councils.models import Organization
from documents.choices import PaperForm
from documents.law import numbering
from documents.models import Issuer
from documents.paper.letterheads import name_lines

PROVINCE = "Vĩnh Giang"
_PHONE = "0200 555 0101"
_REPLY_TO = "congtac.hdnd@vinhgiang.test"


def load_issuers() -> int:
    """Gives every body that hosts meetings in the demo its letterhead; returns how many are new."""
    made = 0
    for organization in Organization.objects.select_related("area", "parent__area"):
        values = _letterhead(organization)
        if values:
            _, created = Issuer.objects.get_or_create(organization=organization, defaults=values)
            made += created
    _share_register("HDND", "TTHDND")
    Issuer.objects.filter(organization__code="TTHDND", reply_to="").update(reply_to=_REPLY_TO)
    return made


def _share_register(code: str, owner: str) -> None:
    """The council and its standing committee sign with the same symbol, so they count in one book."""
    shared = Issuer.objects.filter(organization__code=owner).first()
    Issuer.objects.filter(organization__code=code, register_of=None).update(register_of=shared)


def _letterhead(body: Organization) -> dict[str, str] | None:
    """Head, symbol and signature form by kind of body, as domain practice has them."""
    if body.area is None:
        return None
    place = body.area.name.split(" ", 1)[1] if " " in body.area.name else body.area.name
    area = body.area.name.upper()
    council = f"HỘI ĐỒNG NHÂN DÂN\n{area}"
    if body.kind == "party_committee":
        return _party(body, place)
    by_kind = {
        "council": ("", council, "HĐND", ""),
        "standing_committee": (council, "THƯỜNG TRỰC", "HĐND", "TM. THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN"),
        "committee": (council, _organ(body), _own_symbol(body), f"TM. {_organ(body)}"),
        "delegate_group": (council, _organ(body), _own_symbol(body), f"TM. {_organ(body)}"),
        "executive": ("", f"ỦY BAN NHÂN DÂN\n{area}", "UBND", "TM. ỦY BAN NHÂN DÂN"),
        "front_standing": (
            f"ỦY BAN MTTQ VIỆT NAM\n{area}",
            "BAN THƯỜNG TRỰC",
            "MTTQ-BTT",
            "TM. BAN THƯỜNG TRỰC",
        ),
        "na_delegation": ("", f"ĐOÀN ĐẠI BIỂU QUỐC HỘI\n{area}", "ĐĐBQH", "TM. ĐOÀN ĐẠI BIỂU QUỐC HỘI"),
    }
    found = by_kind.get(body.kind)
    if found is None:
        return None
    superior, name, symbol_body, signs_for = found
    province_office = body.level == "province" and body.kind in {"council", "standing_committee"}
    return {
        "form": PaperForm.FRONT if body.kind == "front_standing" else PaperForm.ND30,
        "superior_lines": superior,
        "name_lines": name,
        "place": place,
        "symbol_body": symbol_body,
        "joint_symbol": symbol_body.removesuffix("-BTT"),
        "signs_for": signs_for,
        "drafting_unit": "CTHĐND" if province_office else "",
        "phone": _PHONE if province_office else "",
    }


def _party(body: Organization, place: str) -> dict[str, str]:
    """The committee of the province, or of a commune under it; its papers are the Party's."""
    in_province = body.level == "province"
    committee = f"TỈNH ỦY {PROVINCE.upper()}"
    return {
        "form": PaperForm.PARTY,
        "superior_lines": "" if in_province else committee,
        "name_lines": committee
        if in_province
        else "\n".join(name_lines(body.name.removeprefix("Ban Thường vụ "))),
        "place": place,
        "symbol_body": "TU" if in_province else "ĐU",
        "symbol_template": numbering.PARTY_TEMPLATE,
        "signs_for": "T/M BAN THƯỜNG VỤ",
        "drafting_unit": "Văn phòng Tỉnh ủy" if in_province else "Văn phòng Đảng ủy",
    }


def _organ(body: Organization) -> str:
    """`BAN PHÁP CHẾ` of `Ban Pháp chế HĐND tỉnh`."""
    return body.name.split(" HĐND")[0].upper()


def _own_symbol(body: Organization) -> str:
    """`BKTNS` of the committee coded BKTNS or X01-BKTNS; Ban and Tổ number their own papers."""
    return body.code.rsplit("-", 1)[-1].replace("TDB", "TĐB")
