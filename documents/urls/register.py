"""Addresses of the register of outgoing papers."""

from django.urls import path

from documents.views import papers, printing, registering

urlpatterns = [
    path("", papers.document_list, name="document_list"),
    path("<int:pk>/", papers.document_file, name="document_file"),
    path("in-so/", printing.book_print, name="book_print"),
    path("vao-so/", registering.paper_register, name="paper_register"),
    path("giu-so/", registering.number_reserve, name="number_reserve"),
    path("so/<int:pk>/", registering.number_detail, name="number_detail"),
    path("so/<int:pk>/vao-so/", registering.number_fill, name="number_fill"),
    path("so/<int:pk>/huy/", registering.number_void, name="number_void"),
]
