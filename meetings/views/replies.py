"""What members say in advance, and the list of seats and meals that follows from all answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from councils.permissions import ensure
from documents.services import issuer_of
from hdnd.lib import clock
from hdnd.lib.errors import DomainError
from hdnd.lib.http import made_file, refused
from hdnd.lib.lists import XLSX, cell, xlsx
from meetings import papers, permissions
from meetings.forms.answering import MemberReplyForm
from meetings.models import Meeting
from meetings.queries.plan import plan_of
from meetings.queries.record import replies_of_members
from meetings.queries.replies import member_seats, seat_list
from meetings.services.members import reply_as_member

SEAT_HEADS = ("TT", "Họ và tên", "Chức vụ", "Cơ quan", "Điện thoại", "Ăn trưa", "Đã báo dự")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_reply(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """A member says in advance that they come, or not and why; the secretary writes it down for one who calls."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    membership = get_object_or_404(member_seats(meeting), pk=seat)
    ensure(
        permissions.can_reply_as_member(request.user, meeting, membership),
        "Chỉ thành viên hoặc thư ký của cơ quan tổ chức mới báo được.",
    )
    own = request.user.person_id == membership.person_id  # type: ignore[union-attr]
    said = replies_of_members(meeting).get(membership.pk)
    form = MemberReplyForm(request.POST or None, own=own, said=said)
    if request.method == "POST" and form.is_valid():
        try:
            reply_as_member(actor=request.user, meeting=meeting, membership=membership, **form.said())
        except (DomainError, ValidationError) as error:
            refused(form, error)
        else:
            messages.success(
                request, "Đã báo cho thư ký." if own else f"Đã ghi trả lời của {membership.person}."
            )
            return redirect("meetings:meeting_detail" if own else "meetings:meeting_people", pk=pk)
    context = {"meeting": meeting, "membership": membership, "form": form, "own": own}
    return render(request, "meetings/member_reply.html", context, status=422 if form.errors else 200)


@login_required
@require_GET
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Who needs a seat and a meal, by protocol; `xuat=xlsx` gives the same as a workbook, `xuat=pdf` to print."""
    meeting = get_object_or_404(plan_of(request.user), pk=pk)
    ensure(permissions.can_prepare(request.user, meeting))
    wanted = request.GET.get("xuat")
    if wanted == "xlsx":
        return _workbook(meeting)
    if wanted == "pdf":
        try:
            content = papers.seats_pdf(meeting, issuer_of(meeting.host))
        except DomainError as error:
            messages.error(request, error.message)
            return redirect("meetings:seats", pk=pk)
        return made_file(content, "danh-sach-cho-ngoi.pdf")
    context = {"meeting": meeting, "list": seat_list(meeting)}
    return render(request, "meetings/seats.html", context)


def _workbook(meeting: Meeting) -> HttpResponse:
    found = seat_list(meeting)
    host = meeting.host.name
    rows = [
        [number, *map(cell, (seat.name, seat.title, seat.body or host, seat.phone, seat.has_meal, seat.said))]
        for number, seat in enumerate([*found.members, *found.guests], start=1)
    ]
    name = f"cho-ngoi-{clock.local(meeting.starts_at):%Y-%m-%d}.xlsx"
    return made_file(xlsx(list(SEAT_HEADS), rows), name, XLSX)
