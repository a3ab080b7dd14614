"""Bound papers of a meeting."""

from django.urls import path

from meetings.views import packs as views

urlpatterns = [
    path("<int:pk>/tap-tai-lieu/", views.meeting_packs, name="meeting_packs"),
    path("<int:pk>/tap-tai-lieu/lap/", views.pack_make, name="pack_make"),
    path("tap-tai-lieu/<int:pk>/", views.pack_file, name="pack_file"),
]
