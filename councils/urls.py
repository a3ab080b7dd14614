"""Addresses of bodies."""

from django.urls import path

from councils import views

app_name = "councils"
urlpatterns = [
    path("", views.organization_list, name="organization_list"),
    path("<int:pk>/", views.organization_detail, name="organization_detail"),
]
