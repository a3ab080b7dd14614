"""Reminders of one meeting."""

from django.urls import path

from meetings.views import reminding as views

urlpatterns = [
    path("<int:pk>/nhac-ngay/", views.remind_now, name="remind_now"),
    path("<int:pk>/nhac-viec/", views.reminder_switch, name="reminder_switch"),
]
