# One image: `docker build -t nhacviec .`, then
# `docker run -p 8080:8080 -v nhacviec:/var/lib/nhacviec nhacviec`
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements/app.txt requirements/app.txt
RUN python -m venv /opt/nhacviec && /opt/nhacviec/bin/pip install --no-cache-dir --require-hashes -r requirements/app.txt
COPY pyproject.toml README.md LICENSE ./
COPY duties duties
COPY data data
COPY documents documents
COPY scheduler scheduler
COPY bot bot
RUN /opt/nhacviec/bin/pip install --no-cache-dir "setuptools>=77" && /opt/nhacviec/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --home-dir /var/lib/nhacviec --create-home nhacviec
COPY --from=build /opt/nhacviec /opt/nhacviec
ENV PATH=/opt/nhacviec/bin:$PATH \
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
