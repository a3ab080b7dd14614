"""Answers to invitations, and what members say in advance."""

from django.urls import path

from meetings.views import answering as views
from meetings.views import replies

urlpatterns = [
    path("tra-loi/<str:token>/", views.answer_link, name="answer_link"),
    path("giay-moi/", views.invitation_list, name="invitation_list"),
    path("giay-moi/<int:pk>/tra-loi/", views.invitation_answer, name="invitation_answer"),
    path("giay-moi/<int:pk>/ghi-tra-loi/", views.answer_record, name="answer_record"),
    path("<int:pk>/thanh-vien/<int:seat>/bao/", replies.member_reply, name="member_reply"),
    path("<int:pk>/cho-ngoi/", replies.seats, name="seats"),
]
