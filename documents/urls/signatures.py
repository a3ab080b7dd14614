"""Addresses of digital signatures."""

from django.urls import path

from documents.views import signatures, signing

urlpatterns = [
    path("kiem-tra-chu-ky/", signatures.signature_check, name="signature_check"),
    path("so/<int:pk>/ky-so/", signing.number_sign, name="number_sign"),
    path("so/<int:pk>/chu-ky/", signatures.document_signatures, name="document_signatures"),
]
