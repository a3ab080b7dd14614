"""At the door and during the meeting."""

from django.urls import path

from meetings.views import holding as views

urlpatterns = [
    path("<int:pk>/diem-danh/", views.attendance, name="attendance"),
    path("<int:pk>/diem-danh/thanh-vien/", views.mark_member, name="mark_member"),
    path("<int:pk>/diem-danh/khach/", views.mark_guest, name="mark_guest"),
    path("<int:pk>/khai-mac/", views.meeting_open, name="meeting_open"),
    path("<int:pk>/ket-thuc/", views.meeting_close, name="meeting_close"),
    path("<int:pk>/bieu-quyet/", views.vote_add, name="vote_add"),
    path("<int:pk>/bieu-quyet/xoa/", views.vote_remove, name="vote_remove"),
    path("<int:pk>/danh-sach-ky-ten/", views.signin_sheet, name="signin_sheet"),
]
