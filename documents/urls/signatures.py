"""Addresses of digital signatures."""

from django.urls import path

from documents.views import signatures, signed_copies, signing

urlpatterns = [
    path("kiem-tra-chu-ky/", signatures.signature_check, name="signature_check"),
    path("so/<int:pk>/ky-so/", signing.number_sign, name="number_sign"),
    path("du-thao/<int:pk>/ky-so/", signed_copies.draft_sign, name="draft_sign"),
    path("du-thao/<int:pk>/ky-noi-khac/", signed_copies.draft_sign_elsewhere, name="draft_sign_elsewhere"),
    path("du-thao/<int:pk>/chua-ky/", signed_copies.draft_unsigned, name="draft_unsigned"),
    path("so/<int:pk>/chu-ky/", signatures.document_signatures, name="document_signatures"),
]
