"""Addresses of the desk."""

from django.urls import path

from workbench.views import desk as views
from workbench.views.search import search

app_name = "workbench"
urlpatterns = [
    path("", views.home, name="home"),
    path("tim/", search, name="search"),
    path("thay-mat/", views.act_for, name="act_for"),
]
