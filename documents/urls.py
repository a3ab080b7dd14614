"""Addresses of documents."""

from django.urls import path

from documents.views import papers

app_name = "documents"
urlpatterns = [
    path("", papers.document_list, name="document_list"),
    path("<int:pk>/", papers.document_file, name="document_file"),
]
