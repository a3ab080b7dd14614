"""Addresses of meetings, by stage."""

from meetings.urls import (
    answering,
    changing,
    holding,
    incoming,
    mailing,
    overview,
    packs,
    papers,
    planning,
    recording,
    reminding,
    series,
)

app_name = "meetings"
urlpatterns = [
    *overview.urlpatterns,
    *planning.urlpatterns,
    *changing.urlpatterns,
    *papers.urlpatterns,
    *packs.urlpatterns,
    *mailing.urlpatterns,
    *answering.urlpatterns,
    *incoming.urlpatterns,
    *holding.urlpatterns,
    *recording.urlpatterns,
    *reminding.urlpatterns,
    *series.urlpatterns,
]
