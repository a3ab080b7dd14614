"""The list of meetings, and the parts of one meeting."""

from django.urls import path

from meetings.views import meeting_page, overview

urlpatterns = [
    path("", overview.meeting_list, name="meeting_list"),
    path("<int:pk>/", meeting_page.meeting_detail, name="meeting_detail"),
    path("<int:pk>/thanh-phan/", meeting_page.meeting_people, name="meeting_people"),
    path("<int:pk>/nghia-vu/", meeting_page.meeting_duties, name="meeting_duties"),
    path("<int:pk>/dien-bien/", meeting_page.meeting_history, name="meeting_history"),
]
