"""Addresses of templates."""

from django.urls import path

from documents.views import templates

urlpatterns = [
    path("mau/", templates.template_list, name="template_list"),
    path("mau/<int:pk>/<slug:kind>/", templates.template_edit, name="template_edit"),
    path("mau/<int:pk>/<slug:kind>/xem-truoc/", templates.template_preview, name="template_preview"),
    path("mau/<int:pk>/<slug:kind>/<int:version>/", templates.template_version, name="template_version"),
    path(
        "mau/<int:pk>/<slug:kind>/<int:version>/khoi-phuc/",
        templates.template_restore,
        name="template_restore",
    ),
]
