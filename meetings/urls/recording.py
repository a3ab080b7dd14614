"""Minutes, conclusions and tasks."""

from django.urls import path

from meetings.views import recording as views
from meetings.views import tasks

urlpatterns = [
    path("<int:pk>/bien-ban/", views.minutes, name="minutes"),
    path("bien-ban/dien-bien/<int:pk>/", views.entry_save, name="entry_save"),
    path("<int:pk>/bien-ban/thu-ky/", views.minutes_secretary, name="minutes_secretary"),
    path("<int:pk>/bien-ban/xem/", views.minutes_preview, name="minutes_preview"),
    path("<int:pk>/bien-ban/lay-y-kien/", views.minutes_circulate, name="minutes_circulate"),
    path("<int:pk>/bien-ban/gop-y/", views.minutes_comment, name="minutes_comment"),
    path("<int:pk>/bien-ban/duyet/", views.minutes_approve, name="minutes_approve"),
    path("<int:pk>/bien-ban/dinh-chinh/", views.minutes_correct, name="minutes_correct"),
    path("<int:pk>/ket-luan/", views.conclusion_add, name="conclusion_add"),
    path("ket-luan/<int:pk>/", views.conclusion_edit, name="conclusion_edit"),
    path("ket-luan/<int:pk>/bo/", views.conclusion_remove, name="conclusion_remove"),
    path("<int:pk>/thong-bao/xem/", views.notice_preview, name="notice_preview"),
    path("<int:pk>/thong-bao/phat-hanh/", views.notice_issue, name="notice_issue"),
    path("nhiem-vu/", tasks.task_list, name="task_list"),
    path("nhiem-vu/<int:pk>/", tasks.task_complete, name="task_complete"),
]
