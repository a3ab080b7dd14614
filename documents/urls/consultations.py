"""Addresses of written consultations."""

from django.urls import path

from documents.views import consultation_planning as planning
from documents.views import consultations as views
from documents.views import opinions

urlpatterns = [
    path("lay-y-kien/", views.consultation_list, name="consultation_list"),
    path("lay-y-kien/lap/", planning.consultation_create, name="consultation_create"),
    path("lay-y-kien/<int:pk>/", views.consultation_detail, name="consultation_detail"),
    path("lay-y-kien/<int:pk>/sua/", planning.consultation_edit, name="consultation_edit"),
    path("lay-y-kien/<int:pk>/xem-truoc/", planning.consultation_preview, name="consultation_preview"),
    path("lay-y-kien/<int:pk>/phat-hanh/", views.consultation_open, name="consultation_open"),
    path("lay-y-kien/<int:pk>/nhac/", views.consultation_remind, name="consultation_remind"),
    path("lay-y-kien/<int:pk>/gia-han/", views.consultation_extend, name="consultation_extend"),
    path("lay-y-kien/<int:pk>/ket-thuc/", views.consultation_close, name="consultation_close"),
    path("lay-y-kien/<int:pk>/dung/", views.consultation_cancel, name="consultation_cancel"),
    path("lay-y-kien/<int:pk>/ket-qua/", views.consultation_result, name="consultation_result"),
    path("lay-y-kien/<int:pk>/tai-lieu/", planning.consultation_paper_add, name="consultation_paper_add"),
    path("lay-y-kien/tai-lieu/<int:pk>/", opinions.consultation_paper, name="consultation_paper"),
    path(
        "lay-y-kien/tai-lieu/<int:pk>/bo/",
        planning.consultation_paper_remove,
        name="consultation_paper_remove",
    ),
    path("lay-y-kien/phieu/<int:pk>/", opinions.opinion_give, name="opinion_give"),
    path("lay-y-kien/phieu/<int:pk>/ghi/", opinions.opinion_note, name="opinion_note"),
    path("lay-y-kien/ban-quet/<int:pk>/", opinions.opinion_scan, name="opinion_scan"),
    path("y-kien/<str:token>/", opinions.opinion_link, name="opinion_link"),
    path("y-kien/<str:token>/tai-lieu/<int:pk>/", opinions.paper_by_link, name="consultation_paper_by_link"),
]
