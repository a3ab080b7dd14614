"""Addresses of what is handed over to other systems."""

from django.urls import path

from documents.views import interchange

urlpatterns = [
    path("so/<int:pk>/du-lieu.<slug:kind>", interchange.document_data, name="document_data"),
    path("so/<int:pk>/goi.edxml", interchange.document_edxml, name="document_edxml"),
]
