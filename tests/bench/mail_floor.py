"""The floor of mail: a task of the same worker that hands fifty ready mails to the mail server over one connection."""

from celery import shared_task
from django.core.mail import EmailMultiAlternatives, get_connection

from hdnd.lib import files

PER_CONNECTION = 50


@shared_task(name="tests.bench.mail_floor.hand_over")
def hand_over(first: int, text: str, html: str, pdf: str, ics: str) -> None:
    """No row, no lease, no result: only what any sender must do."""
    paper, calendar = files.read(pdf), files.read(ics)
    mails = []
    for number in range(first, first + PER_CONNECTION):
        mail = EmailMultiAlternatives(
            subject="Giấy mời",
            body=text,
            to=[f"vanthu{number}@coquan.test"],
            headers={"Message-ID": f"<{number}.floor@hdnd.test>"},
        )
        mail.attach_alternative(html, "text/html")
        mail.attach_alternative(calendar.decode(), "text/calendar; method=REQUEST")
        mail.attach("31-GM-HĐND.pdf", paper, "application/pdf")
        mail.attach("cuoc-hop.ics", calendar, "application/ics")
        mails.append(mail)
    get_connection().send_messages(mails)
