"""The floor: a bare Django view, signed in (session and authentication), that renders 50 rows of one table."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from councils.models import Organization

TEMPLATE = """<!doctype html><html lang="vi"><head><title>Sàn</title></head><body><table>
{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.name }}</td><td>{{ row.kind }}</td><td>{{ row.valid_from }}</td></tr>
{% endfor %}</table></body></html>"""


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    """50 rows of one table."""
    template = engines["django"].from_string(TEMPLATE)
    return HttpResponse(
        template.render({"rows": Organization.objects.order_by("pk")[:50], "user": request.user.pk})
    )


urlpatterns = [path("san/", floor), path("", include("hdnd.urls"))]
