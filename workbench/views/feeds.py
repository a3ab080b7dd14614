"""Links by which calendar programs read a calendar."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from councils.permissions import access
from councils.queries import visible_organizations
from hdnd.lib import clock
from hdnd.lib.http import made_file
from workbench import ics
from workbench.models import CalendarFeed
from workbench.queries import feeds as queries
from workbench.services import feeds as services


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The person's links; a POST issues one, of the body named or of the person."""
    user: Any = request.user
    if request.method == "POST":
        services.issue_feed(actor=user, organization=_organization(request))
        messages.success(
            request, "Đã tạo đường dẫn lịch. Đường dẫn cũ cùng loại, nếu có, không còn dùng được."
        )
        return redirect("calendar:feeds")
    kept = {feed.organization_id: feed for feed in queries.own_feeds(user)}
    rows = [_row("Lịch của tôi", None, kept.pop(None, None))] if user.person_id or None in kept else []
    rows += [_row(body.name, body, kept.pop(body.pk, None)) for body in access(user).organizations]
    # A link to a body whose role has ended shows nothing any more, and can still be revoked.
    rows += [_row(feed.label, feed.organization, feed) for feed in kept.values()]
    return render(request, "workbench/feeds.html", {"rows": rows})


@login_required
@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of the person's own links; another's does not exist for them."""
    services.revoke_feed(actor=request.user, feed=get_object_or_404(queries.own_feeds(request.user), pk=pk))
    messages.success(
        request, "Đã thu hồi. Ứng dụng lịch dùng đường dẫn này không nhận thêm thay đổi nào nữa."
    )
    return redirect("calendar:feeds")


@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar itself, without signing in; what was guessed or revoked is 404."""
    feed = queries.feed_of(token)
    if feed is None:
        raise Http404("no such feed")
    # Stamped by the day, not the moment: as long as nothing changes, the same file, and so 304.
    stamp = clock.at_time(clock.today(), 0)
    content = ics.feed_ics(
        f"Lịch {feed.label} (HĐND)", queries.feed_meetings(feed), queries.feed_incoming(feed), stamp=stamp
    )
    services.note_read(feed=feed)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or made_file(
        content, "lich.ics", "text/calendar; charset=utf-8"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=900"
    return response


def _organization(request: HttpRequest) -> Any:
    asked = request.POST.get("organization", "")
    if not asked:
        return None
    return get_object_or_404(visible_organizations(request.user), pk=asked if asked.isdecimal() else None)


def _row(name: str, organization: Any, feed: CalendarFeed | None) -> dict[str, Any]:
    row = {"name": name, "organization": organization, "feed": feed}
    if feed is None:
        return row
    address = settings.SITE_URL + reverse("calendar:feed_file", args=[queries.token_for(feed)])
    return row | {"address": address, "webcal": f"webcal:{address.partition(':')[2]}", "qr": _qr(address)}


def _qr(address: str) -> str:
    import segno

    return segno.make(address, error="m").svg_data_uri(scale=4, border=2)
