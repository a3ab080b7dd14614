"""The list of meetings and one meeting."""

from django.urls import path

from meetings.views import overview as views

urlpatterns = [
    path("", views.meeting_list, name="meeting_list"),
    path("<int:pk>/", views.meeting_detail, name="meeting_detail"),
]
