"""Papers of agenda items."""

from django.urls import path

from meetings.views import papers as views

urlpatterns = [
    path("noi-dung/<int:pk>/tai-lieu/", views.paper_add, name="paper_add"),
    path("tai-lieu/<int:pk>/", views.paper_file, name="paper_file"),
    path("tai-lieu/<int:pk>/nguoi-doc/", views.paper_readers, name="paper_readers"),
    path("tra-loi/<str:token>/tai-lieu/<int:pk>/", views.paper_by_link, name="paper_by_link"),
]
