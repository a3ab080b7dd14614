"""Addresses of the incoming book."""

from django.urls import path

from documents.views import incoming, incoming_books

urlpatterns = [
    path("den/", incoming_books.incoming_list, name="incoming_list"),
    path("den/theo-doi/", incoming_books.incoming_followup, name="incoming_followup"),
    path("den/cho-vao-so/", incoming_books.incoming_waiting, name="incoming_waiting"),
    path("den/cho-vao-so/<int:pk>/", incoming.incoming_take, name="incoming_take"),
    path("den/vao-so/", incoming.incoming_register, name="incoming_register"),
    path("den/<int:pk>/", incoming.incoming_detail, name="incoming_detail"),
    path("den/<int:pk>/tep/", incoming.incoming_file, name="incoming_file"),
    path("den/<int:pk>/sua/", incoming.incoming_change, name="incoming_change"),
    path("den/<int:pk>/chuyen/", incoming.incoming_hand_on, name="incoming_hand_on"),
    path("den/<int:pk>/xong/", incoming.incoming_settle, name="incoming_settle"),
    path("den/<int:pk>/mo-lai/", incoming.incoming_reopen, name="incoming_reopen"),
    path("den/<int:pk>/huy/", incoming.incoming_void, name="incoming_void"),
]
