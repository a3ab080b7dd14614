"""Changing what was invited to."""

from django.urls import path

from meetings.views import changing as views

urlpatterns = [
    path("<int:pk>/thay-doi/", views.meeting_change, name="meeting_change"),
    path("<int:pk>/hoan/", views.meeting_call_off, {"way": "hoan"}, name="meeting_postpone"),
    path("<int:pk>/huy/", views.meeting_call_off, {"way": "huy"}, name="meeting_cancel"),
    path("<int:pk>/bo-ke-hoach/", views.meeting_call_off, {"way": "bo"}, name="plan_drop"),
]
