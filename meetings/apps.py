from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    label = "meetings"
    verbose_name = "Cuộc họp"

    def ready(self) -> None:
        from councils.demo import register_step
        from councils.handover import register_open_work
        from documents.services.reading import register_source
        from hdnd import jobs
        from meetings import handover
        from meetings.demo import load_meetings
        from meetings.demo_office import load_office
        from meetings.models import AgendaPaper, IncomingInvitation
        from meetings.services.packs import PACK, run_pack

        register_source(AgendaPaper.objects.all)
        register_source(IncomingInvitation.objects.all)
        register_step(30, load_meetings, "Cuộc họp của một năm")
        register_step(32, load_office, "Trả lời, tài liệu và giấy mời đến")
        jobs.register(PACK, run_pack)
        register_open_work(30, "giấy mời chờ trả lời", handover.open_invitations, handover.pass_invitations)
        register_open_work(31, "nhiệm vụ từ kết luận", handover.open_tasks, handover.pass_tasks)
        register_open_work(32, "cuộc họp đã lập", handover.open_meetings)
        register_open_work(33, "biên bản chưa duyệt", handover.open_minutes)
