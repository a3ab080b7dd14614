"""Addresses of meetings, by stage."""

from meetings.urls import answering, changing, holding, overview, planning, recording

app_name = "meetings"
urlpatterns = [
    *overview.urlpatterns,
    *planning.urlpatterns,
    *changing.urlpatterns,
    *answering.urlpatterns,
    *holding.urlpatterns,
    *recording.urlpatterns,
]
