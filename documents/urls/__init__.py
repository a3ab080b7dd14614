"""Addresses of documents, by subject."""

from documents.urls import register

app_name = "documents"
urlpatterns = [
    *register.urlpatterns,
]
