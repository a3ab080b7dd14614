"""Recurring meetings."""

from django.urls import path

from meetings.views import series as views
from meetings.views import series_days

urlpatterns = [
    path("loat/", views.series_list, name="series_list"),
    path("loat/moi/", views.series_create, name="series_create"),
    path("loat/<int:pk>/", views.series_detail, name="series_detail"),
    path("loat/<int:pk>/lap-tiep/", views.series_fill, name="series_fill"),
    path("loat/<int:pk>/nghi/", series_days.series_skip, name="series_skip"),
    path("loat/<int:pk>/hop-lai/", series_days.series_restore, name="series_restore"),
    path("loat/<int:pk>/sua/", series_days.series_change, name="series_change"),
    path("loat/<int:pk>/ket-thuc/", series_days.series_end, name="series_end"),
]
