"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path

from hdnd.lib.health import health

urlpatterns = [
    path("", include("workbench.urls")),
    path("lich/", include("workbench.urls.calendar")),
    path("cuoc-hop/", include("meetings.urls")),
    path("phoi-hop/", include("coordination.urls")),
    path("van-ban/", include("documents.urls")),
    path("co-quan/", include("councils.urls")),
    path("viec/", include("hdnd.jobs.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("quan-tri/", admin.site.urls),
    path("suc-khoe/", health, name="health"),
]
