from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "coordination"
    label = "coordination"
    verbose_name = "Phối hợp"

    def ready(self) -> None:
        from coordination.demo import load_regulations
        from councils.demo import register_step

        register_step(10, load_regulations, "Quy chế phối hợp")
