from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from councils.demo import register_step
        from councils.handover import register_open_work
        from documents.demo import load_issuers
        from documents.demo_consultations import load_consultations
        from documents.demo_drafts import load_drafts
        from documents.demo_register import load_registers
        from documents.demo_signing import load_signed_paper, load_signing
        from documents.handover import open_drafts
        from documents.services import draft_issuing, draft_printing, printing
        from hdnd import jobs

        jobs.register(printing.JOB, printing.run_print)
        jobs.register(draft_issuing.JOB, draft_issuing.run_issue)
        jobs.register(draft_printing.JOB, draft_printing.run_print)
        register_step(20, load_issuers, "Thể thức văn bản")
        register_step(21, load_signing, "Chứng thư thử nghiệm, ảnh chữ ký và con dấu")
        register_step(28, load_drafts, "Dự thảo và văn bản từ dự thảo")
        register_step(33, load_signed_paper, "Văn bản ký số mẫu")
        register_step(36, load_registers, "Sổ văn bản đi, đến")
        register_step(40, load_consultations, "Lấy ý kiến bằng văn bản")
        register_open_work(25, "dự thảo văn bản", open_drafts)
