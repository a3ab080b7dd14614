from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "workbench"
    label = "workbench"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        from councils.demo import register_step
        from workbench.demo import load_weeks

        register_step(90, load_weeks, "Lịch công tác tuần")
