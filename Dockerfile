# The steps of .ci/setup and .ci/serve; tests/architecture/test_containers.py keeps them in step.
FROM python:3.11-slim-bookworm

# Pango draws the PDFs, Liberation Serif is the font of their letters, pg_dump and psql make and restore backups.
# Debian keeps one version of a package at a time, so naming it would break the next build.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation2 \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        postgresql-client \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/hdnd
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/base.txt

RUN groupadd --system --gid 10001 hdnd \
    && useradd --system --uid 10001 --gid hdnd --no-create-home --home-dir /nonexistent hdnd \
    && install -d -o hdnd -g hdnd /srv/hdnd/var /data/files /data/backup
COPY . .

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/srv/hdnd/var \
    MEDIA_ROOT=/data/files
USER 10001:10001
# The key serves this step alone: a key kept in an image would be everybody's.
RUN SECRET_KEY=unused python manage.py collectstatic --no-input --verbosity 0

EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "manage.py", "healthy", "web"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", "--blocking-threads", "4", "--no-ws", "--workers-kill-timeout", "3", "--log-level", "warning", "hdnd.wsgi:application"]
