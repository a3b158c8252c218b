# Feedwright as a command: `docker build --tag feedwright .`, then, in the folder that holds content/,
#   docker run --rm --volume "$PWD:/site" feedwright build
#   docker run --detach --volume "$PWD:/site" feedwright build --watch
#   docker run --detach --publish 8000:8000 --volume "$PWD:/site:ro" feedwright serve out --host 0.0.0.0

FROM python:3.13-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY docs/feeds.1 docs/feeds.1
COPY feeds feeds
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel .

FROM python:3.13-slim
COPY --from=wheel /wheel /wheel
# git tells when articles without a date were first committed.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes git \
    && rm -rf /var/lib/apt/lists/* \
    && pip install --no-cache-dir "$(echo /wheel/*.whl)[rst,serve,watch]" \
    && rm -r /wheel \
    && useradd --uid 1000 --create-home feeds \
    && git config --system --add safe.directory /site
USER 1000
WORKDIR /site
EXPOSE 8000
# Whether the last run ended well; each run notes it beside the content, so that a container that serves can tell, too.
HEALTHCHECK --interval=1m --timeout=10s --start-period=5m CMD ["feeds", "status", "--quiet"]
ENTRYPOINT ["feeds"]
CMD ["build"]
