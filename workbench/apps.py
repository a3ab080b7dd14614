from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "workbench"
    label = "workbench"
    verbose_name = "Bàn làm việc"
