"""Addresses of the calendar."""

from django.urls import path

from workbench.views import calendar, feeds, weeks

app_name = "calendar"
urlpatterns = [
    path("", calendar.calendar, name="calendar"),
    path("dang-ky/", feeds.feeds, name="feeds"),
    path("dang-ky/<int:pk>/thu-hoi/", feeds.feed_revoke, name="feed_revoke"),
    path("feed/<str:token>.ics", feeds.feed_file, name="feed_file"),
    path("cong-tac-tuan/", weeks.week_list, name="week_list"),
    path("cong-tac-tuan/soan/", weeks.week_open, name="week_open"),
    path("cong-tac-tuan/<int:pk>/", weeks.week_detail, name="week_detail"),
    path("cong-tac-tuan/<int:pk>/them/", weeks.line_add, name="line_add"),
    path("cong-tac-tuan/<int:pk>/ghi-chu/", weeks.week_note, name="week_note"),
    path("cong-tac-tuan/<int:pk>/cuoc-hop/", weeks.meeting_show, name="meeting_show"),
    path("cong-tac-tuan/<int:pk>/xem/", weeks.week_preview, name="week_preview"),
    path("cong-tac-tuan/<int:pk>/cong-bo/", weeks.week_publish, name="week_publish"),
    path("cong-tac-tuan/dong/<int:pk>/", weeks.line_edit, name="line_edit"),
    path("cong-tac-tuan/dong/<int:pk>/bo/", weeks.line_remove, name="line_remove"),
    path("cong-tac-tuan/ban/<int:pk>/lich.pdf", weeks.edition_file, {"kind": "pdf"}, name="edition_pdf"),
    path("cong-tac-tuan/ban/<int:pk>/lich.docx", weeks.edition_file, {"kind": "docx"}, name="edition_docx"),
]
