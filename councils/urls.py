"""Addresses of bodies, and under `quan-ly/` what administrators do with them."""

from django.urls import path

from councils.views import directory, handover, importing, journal, manage, rights

app_name = "councils"
urlpatterns = [
    path("", directory.organization_list, name="organization_list"),
    path("<int:pk>/", directory.organization_detail, name="organization_detail"),
    path("quan-ly/", manage.manage, name="manage"),
    path("quan-ly/nhap/", importing.import_start, name="import_start"),
    path("quan-ly/nhap/mau/<str:kind>/", importing.import_template, name="import_template"),
    path("quan-ly/nhap/<int:pk>/", importing.import_run, name="import_run"),
    path("quan-ly/nhap/<int:pk>/ghi/", importing.import_confirm, name="import_confirm"),
    path("quan-ly/nhap/<int:pk>/dong-loi/", importing.import_bad_rows, name="import_bad_rows"),
    path("quan-ly/sap-nhap/", handover.merger, name="merger"),
    path("quan-ly/nhiem-ky/", handover.term, name="term"),
    path("quan-ly/ban-giao/", handover.liaison, name="liaison"),
    path("quan-ly/quyen/", rights.role_list, name="role_list"),
    path("quan-ly/nhat-ky/", journal.journal, name="journal"),
    path("quan-ly/xuat/<str:kind>/", importing.export_sheet, name="export_sheet"),
]
