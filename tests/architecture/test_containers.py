"""The image and the compose file do what `make run` does; nobody has to remember to change both."""

import json
import re
import shlex

from tests.architecture.source import ROOT
from tests.architecture.test_settings import variables_described

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "docker.env.example").read_text(encoding="utf-8")
# Of the containers around the product, not of the product.
OF_COMPOSE = {"POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD", "PUBLISH"}
OF_PYTHON = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def services() -> dict[str, str]:
    """Service to its text; enough of YAML for the way this file is written."""
    body = COMPOSE.split("\nservices:\n")[1].split("\nvolumes:\n")[0]
    parts = re.split(r"^  (\w+):$", body, flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def command(service: str) -> list[str]:
    """The words of its command, folded lines joined."""
    found = re.search(r"^    command: (?:>-\n((?: {6}.*\n)+)|(.*)\n)", services()[service], flags=re.M)
    assert found, service
    return shlex.split(found[1] or found[2])


def procfile() -> dict[str, list[str]]:
    """Process to the words of its command as it reads inside a container."""
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
    inside = {
        "127.0.0.1": "0.0.0.0",
        "$PORT": "8000",
        "$VAR_DIR/beat": "/srv/hdnd/var/beat",
    }
    words = {name: shlex.split(line.split("exec ")[1]) for name, line in lines.items()}
    return {name: [inside.get(word, word) for word in found] for name, found in words.items()}


def described_in(pattern: str, text: str) -> set[str]:
    return set(re.findall(pattern, text, flags=re.M))


def test_containers_run_the_commands_of_the_procfile() -> None:
    wanted = procfile()
    assert set(wanted) == {"web", "worker", "beat"}
    assert {name: command(name) for name in wanted} == wanted
    last = DOCKERFILE.strip().splitlines()[-1]
    assert json.loads(last.removeprefix("CMD ")) == wanted["web"]


def test_every_service_says_whether_it_is_well() -> None:
    found = services()
    assert set(found) == {"migrate", "web", "worker", "beat", "db", "redis"}
    assert [name for name, text in found.items() if "healthcheck:" not in text] == []
    assert "condition: service_completed_successfully" in COMPOSE


def test_the_image_holds_the_packages_of_the_setup() -> None:
    setup = (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
    wanted = described_in(r"\.so\.0:([\w.-]+)", setup) | described_in(r"missing\+=\((fonts-[\w-]+)\)", setup)
    assert len(wanted) == 4
    installed = DOCKERFILE.split("--no-install-recommends")[1].split("&&")[0]
    # What a backup calls besides: see hdnd/lib/backup.py.
    assert set(installed.replace("\\", "").split()) == wanted | {"postgresql-client"}


def test_the_image_installs_by_hash_and_collects_as_make_run_does() -> None:
    setup, serve = ((ROOT / ".ci" / name).read_text(encoding="utf-8") for name in ("setup", "serve"))
    assert "--require-hashes -r requirements/base.txt" in DOCKERFILE
    assert "--require-hashes" in setup
    assert "python manage.py collectstatic --no-input" in DOCKERFILE
    assert "python manage.py collectstatic --no-input" in serve
    assert " ".join(command("migrate")) in serve


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    users = described_in(r"^USER (\S+)", DOCKERFILE)
    assert users == {"10001:10001"}
    assert DOCKERFILE.index("USER ") < DOCKERFILE.index("collectstatic") < DOCKERFILE.index('CMD ["granian')
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".*", "var", "tests"} <= set(ignored)
    assert described_in(r"^ENV.*|^ARG.*", DOCKERFILE) == {"ENV PYTHONUNBUFFERED=1 \\"}


def test_every_variable_is_one_that_the_readme_describes() -> None:
    given = described_in(r"^([A-Z_]+)=", EXAMPLE)
    used = described_in(r"\$\{([A-Z_]+)", COMPOSE)
    set_here = described_in(r"^ +([A-Z_]+): ", COMPOSE)
    in_image = described_in(r"^(?:ENV| {3}) ([A-Z_]+)=", DOCKERFILE)
    assert (given | set_here) - OF_COMPOSE <= variables_described()
    assert in_image - OF_PYTHON == {"VAR_DIR", "MEDIA_ROOT"}
    assert used <= given
    assert {"POSTGRES_PASSWORD", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"} <= given
    # Secrets are blank in what is shipped.
    assert described_in(r"^(?:POSTGRES_PASSWORD|SECRET_KEY)=(.*)$", EXAMPLE) == {""}
