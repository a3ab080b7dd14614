from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "coordination"
    label = "coordination"
    verbose_name = "Phối hợp"

    def ready(self) -> None:
        from coordination.demo import load_regulations
        from coordination.handover import open_duties, pass_duties
        from coordination.services import load_deadlines
        from councils.demo import register_step
        from councils.handover import register_open_work

        register_step(10, load_regulations, "Quy chế phối hợp")
        register_step(11, load_deadlines, "Thời hạn theo quy định")
        register_open_work(10, "nghĩa vụ phối hợp", open_duties, pass_duties)
