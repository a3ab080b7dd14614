"""Write down who decides on drafts while somebody is away, and end it early."""

from datetime import date
from typing import Any

from django.db import transaction

from councils.models import Organization, User
from councils.permissions import ensure
from documents.models import Delegation
from documents.permissions.drafts import can_delegate
from documents.queries.drafts import reviewers_of
from hdnd.audit.services import record
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.text import nfc

NOT_YOURS = "Chỉ lãnh đạo hoặc văn phòng của cơ quan mới lập được ủy quyền."


@transaction.atomic
def delegate(
    *,
    actor: Any,
    organization: Organization,
    principal: User,
    deputy: User,
    valid_from: date,
    valid_to: date,
    basis: str,
) -> Delegation:
    """From a day to a day, both included, `deputy` decides on the body's drafts in the place of `principal`.

    Raises:
        PermissionDenied: the actor neither leads the body nor serves its office.
        DomainError: past or reversed days, the same person, the actor as deputy of another, somebody of another house,
            no basis.
    """
    ensure(can_delegate(actor, organization), NOT_YOURS)
    if principal == deputy:
        raise DomainError("Người thay phải khác người vắng.", field="deputy")
    if deputy == actor:
        raise DomainError(
            "Không ai tự ghi ủy quyền cho mình. Nhờ người vắng, hoặc người khác ở văn phòng ghi.",
            field="deputy",
        )
    known = set(reviewers_of(organization).values_list("pk", flat=True))
    for name, user in (("principal", principal), ("deputy", deputy)):
        if user.pk not in known:
            raise DomainError(f"{user} không giữ vai trò nào ở {organization} hôm nay.", field=name)
    if valid_to < max(valid_from, clock.today()):
        raise DomainError("Ngày kết thúc phải từ hôm nay và không sớm hơn ngày bắt đầu.", field="valid_to")
    if not nfc(basis):
        raise DomainError("Ghi căn cứ ủy quyền, ví dụ Giấy ủy quyền số 05/GUQ-HĐND.", field="basis")
    made = Delegation(
        organization=organization, principal=principal, deputy=deputy, valid_from=valid_from, valid_to=valid_to,
        basis=nfc(basis), made_by=actor, made_at=clock.now(),
    )  # fmt: skip
    made.full_clean()
    made.save()
    record(
        "documents.delegation.made", made, actor=actor,
        changes={"valid_from": valid_from, "valid_to": valid_to, "basis": made.basis},
    )  # fmt: skip
    return made


@transaction.atomic
def end_delegation(*, actor: Any, delegation: Delegation) -> Delegation:
    """Ends it at once; what was decided stays.

    Raises:
        PermissionDenied: the actor neither leads the body nor serves its office.
    """
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    ensure(can_delegate(actor, delegation.organization), NOT_YOURS)
    if delegation.ended_at is None:
        delegation.ended_at = clock.now()
        delegation.save(update_fields=["ended_at"])
        record("documents.delegation.ended", delegation, actor=actor)
    return delegation
