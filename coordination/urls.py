"""Addresses of coordination."""

from django.urls import path

from coordination import views

app_name = "coordination"
urlpatterns = [
    path("", views.duty_list, name="duty_list"),
    path("nghia-vu/<int:pk>/", views.duty_detail, name="duty_detail"),
    path("quy-che/", views.regulation_list, name="regulation_list"),
    path("quy-che/<int:pk>/", views.regulation_detail, name="regulation_detail"),
    path("bang-chung/<int:pk>/rut/", views.evidence_withdraw, name="evidence_withdraw"),
    path("thoi-han/", views.deadline_list, name="deadline_list"),
    path("thoi-han/tinh/", views.deadline_calculator, name="deadline_calculator"),
]
