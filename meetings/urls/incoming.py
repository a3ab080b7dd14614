"""Invitations that came in."""

from django.urls import path

from meetings.views import incoming as views

urlpatterns = [
    path("giay-moi-den/", views.list_incoming, name="incoming_list"),
    path("giay-moi-den/vao-so/", views.register_incoming, name="incoming_register"),
    path("giay-moi-den/<int:pk>/", views.show_incoming, name="incoming_detail"),
    path("giay-moi-den/<int:pk>/sua/", views.change_incoming, name="incoming_change"),
    path("giay-moi-den/<int:pk>/cu-nguoi/", views.assign_incoming, name="incoming_assign"),
    path("giay-moi-den/<int:pk>/ket-qua/", views.result_incoming, name="incoming_result"),
    path("giay-moi-den/<int:pk>/rut/", views.withdraw_incoming, name="incoming_withdraw"),
    path("giay-moi-den/<int:pk>/tep/", views.file_incoming, name="incoming_file"),
]
