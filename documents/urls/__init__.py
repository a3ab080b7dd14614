"""Addresses of documents, by subject."""

from documents.urls import consultations, incoming, register, signatures

app_name = "documents"
urlpatterns = [
    *register.urlpatterns,
    *incoming.urlpatterns,
    *signatures.urlpatterns,
    *consultations.urlpatterns,
]
