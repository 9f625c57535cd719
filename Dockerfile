# One image: `docker build -t nhacviec .`, then
# `docker run --read-only --tmpfs /tmp -p 8080:8080 -v nhacviec:/var/lib/nhacviec nhacviec`
#
# Whoever must know exactly what is inside names the base by its digest:
# `docker build --build-arg PYTHON=python:3.11-slim@sha256:… -t nhacviec .`
ARG PYTHON=python:3.11-slim

FROM ${PYTHON} AS libraries
COPY requirements/app.txt /src/requirements/
RUN python -m venv --without-pip /opt/nhacviec \
    && pip --python /opt/nhacviec/bin/python install --no-cache-dir --only-binary :all: --require-hashes -r /src/requirements/app.txt \
    # what only the libraries' own tests and builds need
    && find /opt/nhacviec -type d \( -name tests -o -name test \) -prune -exec rm -rf {} + \
    && find /opt/nhacviec -type f \( -name '*.c' -o -name '*.h' -o -name '*.pyx' -o -name '*.pxd' -o -name '*.pyi' \) -delete

FROM libraries AS program
WORKDIR /src
COPY requirements/dev.txt requirements/
RUN sed -n '/^setuptools==/,/[^\\]$/p' requirements/dev.txt > requirements/build.txt \
    && pip --python /opt/nhacviec/bin/python install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY duties duties
COPY data data
COPY documents documents
COPY scheduler scheduler
COPY bot bot
RUN pip --python /opt/nhacviec/bin/python install --no-cache-dir --no-deps --no-build-isolation --root /program .

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Nhắc việc CCHC" \
      org.opencontainers.image.description="Gửi kế hoạch đã ký cho bot, không nhiệm vụ nào bị quên." \
      org.opencontainers.image.licenses="MIT"
# A number of its own, the same in every build: files in the volume keep their owner. Nothing stays that could install
# anything. What Python brings is compiled, since nothing can be written later: each look at its health is three times as cheap.
RUN useradd --uid 10001 --user-group --no-log-init --home-dir /var/lib/nhacviec --no-create-home --shell /usr/sbin/nologin nhacviec \
    && install --directory --owner=nhacviec --group=nhacviec --mode=700 /var/lib/nhacviec \
    && pip uninstall --yes --root-user-action=ignore setuptools wheel pip \
    && rm -rf /usr/local/lib/python3.*/ensurepip \
    && python -m compileall -q -x '/(site-packages|idlelib|lib2to3|tkinter|turtledemo)/' /usr/local/lib/python3.*/
COPY --from=libraries /opt/nhacviec /opt/nhacviec
# by itself: a new version brings this layer alone
COPY --from=program /program /
ENV PATH=/opt/nhacviec/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    NHACVIEC_HOST=0.0.0.0 \
    NHACVIEC_DATABASE_URL=sqlite:////var/lib/nhacviec/nhacviec.db \
    NHACVIEC_SECRET_FILE=/var/lib/nhacviec/secret \
    NHACVIEC_ALIVE_FILE=/tmp/nhacviec-alive \
    TZ=Asia/Ho_Chi_Minh
# in numbers: whoever runs it can see without asking the image that it is not root
USER 10001:10001
WORKDIR /var/lib/nhacviec
VOLUME /var/lib/nhacviec
EXPOSE 8080
# as `nhacviec healthy`, without loading the whole program each half minute
HEALTHCHECK --start-period=60s CMD ["python", "-m", "bot.healthy"]
CMD ["nhacviec", "run"]
