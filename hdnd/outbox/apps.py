from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hdnd.outbox"
    label = "outbox"
    verbose_name = "Thư đi"
