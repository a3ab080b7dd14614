"""Addresses of documents, by subject."""

from documents.urls import consultations, drafts, incoming, register, signatures

app_name = "documents"
urlpatterns = [
    *register.urlpatterns,
    *incoming.urlpatterns,
    *signatures.urlpatterns,
    *consultations.urlpatterns,
    *drafts.urlpatterns,
]
