"""The mails of a meeting."""

from django.urls import path

from meetings.views import mailing

urlpatterns = [
    path("<int:pk>/thu/", mailing.mail_list, name="mail_list"),
    path("<int:pk>/thu/<int:mail>/", mailing.mail_detail, name="mail_detail"),
    path("<int:pk>/thu/<int:mail>/noi-dung/", mailing.mail_body, name="mail_body"),
    path("<int:pk>/thu/<int:mail>/tep/<int:number>/", mailing.mail_file, name="mail_file"),
    path("<int:pk>/thu/<int:mail>/gui-lai/", mailing.mail_resend, name="mail_resend"),
    path("<int:pk>/thu/<int:mail>/bi-tra-lai/", mailing.mail_returned, name="mail_returned"),
    path("<int:pk>/thu/<int:mail>/gui-thu/", mailing.mail_test, name="mail_test"),
    path("<int:pk>/giay-moi/thu/", mailing.letter_preview, name="letter_preview"),
    path("<int:pk>/giay-moi/thu/<int:number>/", mailing.letter_body, name="letter_body"),
]
