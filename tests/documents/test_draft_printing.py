"""A long draft is set by a worker, once for the same words; a short one at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Draft
from documents.services import draft_printing, drafting
from hdnd.jobs.choices import JobState
from hdnd.jobs.models import Job
from hdnd.jobs.services import run
from hdnd.lib import files
from tests.cast import Cast
from tests.documents.drafting import letterheads, submitted, typed, written

LONG = "\n".join(f"Đoạn {at}." for at in range(draft_printing.LINES_AT_ONCE + 1))


@pytest.fixture
def draft(cast: Cast, client: Client) -> Draft:
    letterheads(cast)
    client.force_login(cast.secretary)
    return written(cast, body=LONG)


def asked(client: Client, draft: Draft, name: str = "draft_paper", **query: Any) -> Any:
    return client.get(reverse(f"documents:{name}", args=[draft.pk]), query)


@pytest.mark.parametrize(("name", "mark"), [("draft_paper", b"%PDF-"), ("draft_word", b"PK\x03\x04")])
def test_a_long_one_leads_to_its_job_and_then_to_its_file(
    client: Client, draft: Draft, name: str, mark: bytes
) -> None:
    answer = asked(client, draft, name)
    job = Job.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("jobs:job", args=[job.pk]))
    assert job.back == reverse("documents:draft_detail", args=[draft.pk])
    assert run(job_id=job.pk) == JobState.DONE
    job.refresh_from_db()
    assert files.read(job.file).startswith(mark)
    again = asked(client, draft, name)
    assert again["Location"] == reverse("jobs:job_file", args=[job.pk])
    assert Job.objects.count() == 1


def test_the_words_asked_for_are_set_whatever_is_typed_meanwhile(
    cast: Cast, client: Client, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(client, draft)
    data = typed(cast, body=f"{LONG}\nThêm một đoạn.")
    drafting.save_draft(actor=cast.secretary, draft=draft, data=data, version=draft.version)
    set_ones: list[Any] = []
    monkeypatch.setattr(draft_printing, "paper_pdf", lambda paper: set_ones.append(paper) or b"%PDF-")
    run(job_id=Job.objects.get().pk)
    assert "Thêm một đoạn" not in repr(set_ones)
    assert f"Đoạn {draft_printing.LINES_AT_ONCE}." in repr(set_ones)
    asked(client, draft)
    assert Job.objects.count() == 2


def test_anothers_result_is_not_set_again(cast: Cast, client: Client) -> None:
    letterheads(cast)
    draft = submitted(cast, body=LONG)
    client.force_login(cast.secretary)
    asked(client, draft, ban="1")
    run(job_id=Job.objects.get().pk)
    client.force_login(cast.leader)
    answer = asked(client, draft, ban="1")
    first, second = Job.objects.order_by("pk")
    assert (second.actor, second.state, second.file) == (cast.leader, JobState.DONE, first.file)
    assert answer["Location"] == reverse("jobs:job_file", args=[second.pk])


def test_a_draft_that_is_gone_says_so(cast: Cast, client: Client, draft: Draft) -> None:
    asked(client, draft)
    draft.delete()
    run(job_id=Job.objects.get().pk)
    assert Job.objects.get().error == "Dự thảo không còn. Mở lại danh sách dự thảo."


def test_many_letters_in_few_lines_are_long_too(cast: Cast, client: Client) -> None:
    letterheads(cast)
    client.force_login(cast.secretary)
    limit = draft_printing.AT_ONCE
    short = written(cast, body="a " * (limit // 2 - 1))
    assert asked(client, short).content.startswith(b"%PDF-")
    long = written(cast, body="a " * (limit // 2) + "bc")
    assert asked(client, long).status_code == 302
