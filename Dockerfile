# One image: `docker build -t nhacviec .`, then
# `docker run --read-only --tmpfs /tmp -p 8080:8080 -v nhacviec:/var/lib/nhacviec nhacviec`
#
# Whoever must know exactly what is inside names the base by its digest:
# `docker build --build-arg PYTHON=python:3.11-slim@sha256:… -t nhacviec .`
ARG PYTHON=python:3.11-slim

FROM ${PYTHON} AS build
WORKDIR /src
COPY requirements/app.txt requirements/app.txt
RUN python -m venv /opt/nhacviec && /opt/nhacviec/bin/pip install --no-cache-dir --require-hashes -r requirements/app.txt
COPY pyproject.toml README.md LICENSE ./
COPY duties duties
COPY data data
COPY documents documents
COPY scheduler scheduler
COPY bot bot
RUN /opt/nhacviec/bin/pip install --no-cache-dir "setuptools>=77" \
    && /opt/nhacviec/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/nhacviec/bin/pip uninstall --yes setuptools pip \
    # what only the libraries' own tests need is a tenth of the whole
    && find /opt/nhacviec -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Nhắc việc CCHC" \
      org.opencontainers.image.description="Gửi kế hoạch đã ký cho bot, không nhiệm vụ nào bị quên." \
      org.opencontainers.image.licenses="MIT"
# a number of its own, the same in every build: files in the volume keep their owner
RUN useradd --uid 10001 --user-group --no-log-init --home-dir /var/lib/nhacviec --create-home --shell /usr/sbin/nologin nhacviec \
    && chmod 700 /var/lib/nhacviec
COPY --from=build /opt/nhacviec /opt/nhacviec
ENV PATH=/opt/nhacviec/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    NHACVIEC_HOST=0.0.0.0 \
    NHACVIEC_DATABASE_URL=sqlite:////var/lib/nhacviec/nhacviec.db \
    NHACVIEC_SECRET_FILE=/var/lib/nhacviec/secret \
    NHACVIEC_ALIVE_FILE=/tmp/nhacviec-alive \
    TZ=Asia/Ho_Chi_Minh
USER nhacviec
WORKDIR /var/lib/nhacviec
VOLUME /var/lib/nhacviec
EXPOSE 8080
# as `nhacviec healthy`, without loading the whole program each half minute
HEALTHCHECK --start-period=60s CMD ["python", "-m", "bot.healthy"]
CMD ["nhacviec", "run"]
