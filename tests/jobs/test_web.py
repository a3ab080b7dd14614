"""The page of a job."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hdnd.jobs import services
from hdnd.jobs.models import Job
from tests import factories as make
from tests.jobs import kinds

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> Any:
    user = make.user("thuky")
    client.force_login(user)
    return user


def start(person: Any, kind: str = kinds.PAGES, **args: Any) -> Job:
    return services.start(
        actor=person,
        kind=kind,
        args={"pages": 4, **args},
        title="Tập tài liệu họp tháng 6",
        back="/cuoc-hop/7/",
    )


def asked_again(client: Client, job: Job) -> str:
    """What the waiting page is given by its own question."""
    address = reverse("jobs:job", args=[job.pk])
    response = client.get(address, headers={"HX-Request": "true", "HX-Target": "job"})
    text = response.content.decode().strip()
    assert text.startswith('<section id="job"'), text[:200]
    return text


def test_while_it_runs_the_page_asks_again_by_itself(client: Client, person: Any) -> None:
    job = start(person)
    services._lease(job)
    services._progress_of(job)(1, 4)
    page = client.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert "<h1>Tập tài liệu họp tháng 6</h1>" in page
    for text in (page, asked_again(client, job)):
        assert f'hx-get="/viec/{job.pk}/" hx-trigger="every 1s"' in text
        assert '<progress max="4" value="1" aria-label="1 trên 4 bước">' in text
        assert "/tep/" not in text


def test_once_done_it_stops_asking_and_offers_the_result(client: Client, person: Any) -> None:
    job = start(person)
    services.run(job_id=job.pk)
    text = asked_again(client, job)
    assert "hx-get" not in text
    assert text.count(f'href="/viec/{job.pk}/tep/') == 2
    assert 'href="/cuoc-hop/7/">Về trang trước' in text
    response = client.get(reverse("jobs:job_file", args=[job.pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7 4"
    assert response["Content-Disposition"].startswith("inline;")
    saved = client.get(reverse("jobs:job_file", args=[job.pk]) + "?tai=1")
    assert saved["Content-Disposition"].startswith("attachment;")


def test_a_result_with_a_page_leads_there(client: Client, person: Any) -> None:
    job = start(person, page="/cuoc-hop/7/tap-tai-lieu/")
    services.run(job_id=job.pk)
    assert '<a class="button primary" href="/cuoc-hop/7/tap-tai-lieu/">Xem kết quả</a>' in asked_again(
        client, job
    )


def test_what_is_no_pdf_is_saved(client: Client, person: Any) -> None:
    job = start(person, kinds.SHEET)
    services.run(job_id=job.pk)
    response = client.get(reverse("jobs:job_file", args=[job.pk]))
    assert response["Content-Disposition"].startswith("attachment;")
    assert "Tải tệp XLSX" in asked_again(client, job)


def test_a_failure_says_why_and_leads_back(client: Client, person: Any) -> None:
    job = start(person, kinds.REFUSED)
    services.run(job_id=job.pk)
    text = asked_again(client, job)
    assert 'role="alert"><span>Tệp “Phụ lục.pdf” có mật khẩu. Bỏ mật khẩu rồi tải lên lại.</span>' in text
    assert 'href="/cuoc-hop/7/">Về trang trước' in text
    assert client.get(reverse("jobs:job_file", args=[job.pk])).status_code == 404
