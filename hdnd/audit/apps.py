from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hdnd.audit"
    label = "audit"
    verbose_name = "Nhật ký"
