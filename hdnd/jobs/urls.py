"""Addresses of jobs."""

from django.urls import path

from hdnd.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/tep/", views.job_file, name="job_file"),
]
