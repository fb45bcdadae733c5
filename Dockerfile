# Two rooms: the first builds, the second only runs.
FROM python:3.12-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/asisten-asn
WORKDIR /source
COPY requirements.lock ./
RUN /opt/asisten-asn/bin/pip install --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY db db
COPY handlers handlers
COPY locale locale
RUN /opt/asisten-asn/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim

RUN useradd --system --uid 10001 --create-home --home-dir /home/asisten asisten \
    && install --directory --owner=asisten --group=asisten /data
COPY --from=build /opt/asisten-asn /opt/asisten-asn
ENV PATH="/opt/asisten-asn/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    DATA_DIR=/data
VOLUME ["/data"]
WORKDIR /data
USER asisten
EXPOSE 8080
HEALTHCHECK --interval=60s --timeout=20s --start-period=30s --retries=3 CMD ["asisten-asn", "periksa"]
ENTRYPOINT ["asisten-asn"]
CMD ["run"]
