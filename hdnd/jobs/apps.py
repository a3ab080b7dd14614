from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hdnd.jobs"
    label = "jobs"
    verbose_name = "Việc chạy nền"
