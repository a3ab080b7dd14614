"""Addresses of documents, by subject."""

from documents.urls import (
    consultations,
    drafts,
    incoming,
    interchange,
    register,
    signatures,
    templates,
)

app_name = "documents"
urlpatterns = [
    *register.urlpatterns,
    *incoming.urlpatterns,
    *signatures.urlpatterns,
    *consultations.urlpatterns,
    *drafts.urlpatterns,
    *interchange.urlpatterns,
    *templates.urlpatterns,
]
