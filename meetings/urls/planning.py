"""Planning and issuing."""

from django.urls import path

from meetings.views import inviting, planning

urlpatterns = [
    path("moi/", planning.meeting_create, name="meeting_create"),
    path("<int:pk>/ke-hoach/", planning.meeting_plan, name="meeting_plan"),
    path("<int:pk>/noi-dung/", planning.item_add, name="item_add"),
    path("noi-dung/<int:pk>/", planning.item_edit, name="item_edit"),
    path("noi-dung/<int:pk>/bo/", planning.item_remove, name="item_remove"),
    path("<int:pk>/thu-tu/", planning.item_order, name="item_order"),
    path("<int:pk>/moi-them/", inviting.invitee_add, name="invitee_add"),
    path("thanh-phan/<int:pk>/khong-moi/", inviting.invitee_leave_out, name="invitee_leave_out"),
    path("thanh-phan/<int:pk>/moi-lai/", inviting.invitee_restore, name="invitee_restore"),
    path("<int:pk>/giay-moi/xem/", inviting.invitation_preview, name="invitation_preview"),
    path("<int:pk>/giay-moi/phat-hanh/", inviting.invitation_issue, name="invitation_issue"),
]
