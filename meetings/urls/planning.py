"""Planning and issuing."""

from django.urls import path

from meetings.views import planning as views

urlpatterns = [
    path("moi/", views.meeting_create, name="meeting_create"),
    path("<int:pk>/ke-hoach/", views.meeting_plan, name="meeting_plan"),
    path("<int:pk>/noi-dung/", views.item_add, name="item_add"),
    path("noi-dung/<int:pk>/", views.item_edit, name="item_edit"),
    path("noi-dung/<int:pk>/bo/", views.item_remove, name="item_remove"),
    path("<int:pk>/thu-tu/", views.item_order, name="item_order"),
    path("noi-dung/<int:pk>/tai-lieu/", views.paper_add, name="paper_add"),
    path("tai-lieu/<int:pk>/", views.paper_file, name="paper_file"),
    path("<int:pk>/moi-them/", views.invitee_add, name="invitee_add"),
    path("thanh-phan/<int:pk>/khong-moi/", views.invitee_leave_out, name="invitee_leave_out"),
    path("thanh-phan/<int:pk>/moi-lai/", views.invitee_restore, name="invitee_restore"),
    path("<int:pk>/giay-moi/xem/", views.invitation_preview, name="invitation_preview"),
    path("<int:pk>/giay-moi/phat-hanh/", views.invitation_issue, name="invitation_issue"),
]
