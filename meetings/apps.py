from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    label = "meetings"
    verbose_name = "Cuộc họp"

    def ready(self) -> None:
        from councils.demo import register_step
        from meetings.demo import load_meetings
        from meetings.demo_office import load_office

        register_step(30, load_meetings, "Cuộc họp của một năm")
        register_step(32, load_office, "Trả lời, tài liệu và giấy mời đến")
