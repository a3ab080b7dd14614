"""Drafts that are still open when their body ends: they are written anew, since a paper names its issuer throughout."""

from collections.abc import Collection
from datetime import date

from councils.handover import OpenItem
from documents.choices import EDITABLE, WAITING
from documents.models import Draft


def open_drafts(bodies: Collection[int], day: date) -> list[OpenItem]:
    """Drafts neither issued nor dropped; their subject is not for administrators to read."""
    rows = Draft.objects.filter(organization__in=bodies, state__in=(*EDITABLE, *WAITING)).order_by("pk")
    return [
        OpenItem(
            row.organization_id,
            f"Dự thảo {row.kind.name.lower()}, {row.get_state_display()}",
            stays="Phát hành trước ngày kết thúc, hoặc ghi không ban hành rồi soạn lại ở cơ quan kế thừa.",
        )
        for row in rows
    ]
