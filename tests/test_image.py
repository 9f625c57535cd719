"""What the Dockerfile and compose.yaml promise to a security officer; no Docker is needed to hold them to it."""

import json
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[1]
HOME = "/var/lib/nhacviec"
PROCESSES = ("web", "worker")
# a name that speaks of a secret, and is not that of a file which holds it
SECRET = re.compile(r"(PASSWORD|TOKEN|SECRET|KEY)S?$")


def _instructions() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile with its words; lines that are continued are one."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    whole = "\n".join(line for line in lines if not line.lstrip().startswith("#")).replace("\\\n", " ")
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in whole.splitlines() if line)]


def _said(word: str) -> list[str]:
    return [rest for instruction, rest in INSTRUCTIONS if instruction == word]


def _environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in _said("ENV") for pair in rest.split())


def _copied() -> set[str]:
    """What the image is made of, as it lies in the repository."""
    return {each for rest in _said("COPY") if "--from" not in rest for each in rest.split()[:-1]}


INSTRUCTIONS = _instructions()
ENVIRONMENT = _environment()
COMPOSE: dict[str, Any] = import_module("yaml").safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_whoever_runs_the_image_sees_that_it_is_not_root() -> None:
    assert _said("USER") == ["10001:10001"]


def test_its_user_has_the_same_number_in_every_build() -> None:
    assert re.search(r"useradd --uid 10001 .* nhacviec ", " ".join(_said("RUN")))


def test_the_image_says_whether_it_is_well() -> None:
    (check,) = _said("HEALTHCHECK")
    *_, module = json.loads(check[check.index("[") :])
    assert find_spec(module) is not None


def test_what_goes_into_the_image_is_there() -> None:
    assert [each for each in _copied() if not (ROOT / each).exists()] == []


def test_every_package_of_ours_goes_into_it() -> None:
    assert {"duties", "data", "documents", "scheduler", "bot"} <= _copied()


def test_nothing_is_fetched_without_its_hash() -> None:
    installs = [
        each for rest in _said("RUN") for each in rest.split("&&") if " install --no-cache-dir" in each
    ]
    assert len(installs) == 3
    assert [each for each in installs if "--require-hashes" not in each and "--no-deps" not in each] == []


def test_what_builds_the_program_is_pinned() -> None:
    (cut,) = re.findall(r"sed -n '/(\^.*?)/", " ".join(_said("RUN")))
    pinned = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    assert len(re.findall(cut, pinned, re.MULTILINE)) == 1


def test_nothing_stays_in_it_that_could_install_anything() -> None:
    *_, last_stage = " ".join(f"{word} {rest}" for word, rest in INSTRUCTIONS).split("FROM ")
    assert re.search(r"pip uninstall .*\bsetuptools wheel pip\b", last_stage)


def test_a_new_version_brings_only_its_own_layer() -> None:
    assert [rest for rest in _said("COPY") if "--from" in rest] == [
        "--from=libraries /opt/nhacviec /opt/nhacviec",
        "--from=program /program /",
    ]


def test_the_image_sets_only_what_there_is_to_set() -> None:
    ours = {name.removeprefix("NHACVIEC_").lower() for name in ENVIRONMENT if name.startswith("NHACVIEC_")}
    assert ours
    assert ours <= Settings.model_fields.keys()


@pytest.mark.parametrize("name", ["NHACVIEC_DATABASE_URL", "NHACVIEC_SECRET_FILE"])
def test_what_must_stay_is_in_the_one_volume(name: str) -> None:
    assert _said("VOLUME") == [HOME]
    assert ENVIRONMENT[name].removeprefix("sqlite:///").startswith(f"{HOME}/")


def test_there_is_no_secret_in_the_image() -> None:
    assert [name for name in ENVIRONMENT if SECRET.search(name)] == []


def test_only_what_it_is_made_of_is_sent_to_whoever_builds_it() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    everything, *let_through = [line for line in lines if not line.startswith("#")]
    assert everything == "*"
    assert {line[1:] for line in let_through if line.startswith("!")} == {
        each.split("/")[0] for each in _copied()
    }


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_there_is_no_secret_in_the_environment_of_a_container(name: str) -> None:
    assert [each for each in SERVICES[name]["environment"] if SECRET.search(each)] == []


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_container_gains_rights(name: str) -> None:
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_writes_to_its_volume_and_to_memory_alone(name: str) -> None:
    process = SERVICES[name]
    assert process["read_only"] is True
    assert process["volumes"] == [f"office:{HOME}"]
    assert [each.split(":")[0] for each in process["tmpfs"]] == ["/tmp"]


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_has_no_capability(name: str) -> None:
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_database_keeps_only_what_its_start_needs() -> None:
    assert SERVICES["database"]["cap_drop"] == ["ALL"]
    assert set(SERVICES["database"]["cap_add"]) == {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}


def test_the_database_reaches_nothing_outside() -> None:
    assert SERVICES["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_what_a_container_tells_does_not_fill_the_disk(name: str) -> None:
    assert {"max-size", "max-file"} <= SERVICES[name]["logging"]["options"].keys()


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_has_its_bounds(name: str) -> None:
    assert {"mem_limit", "pids_limit"} <= SERVICES[name].keys()


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_waits_for_a_database_that_answers(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_a_database_that_is_still_being_made_does_not_count_as_answering() -> None:
    # its image makes it behind a socket: only by network is it the real one
    assert {"pg_isready", "--host=127.0.0.1"} <= set(SERVICES["database"]["healthcheck"]["test"])


@pytest.mark.parametrize("name", PROCESSES)
def test_letters_on_their_way_are_waited_for(name: str) -> None:
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > 20


@pytest.mark.parametrize("name", PROCESSES)
def test_settings_written_for_one_machine_do_not_cut_a_container_off(name: str) -> None:
    assert (
        SERVICES[name]["environment"].items() >= {"NHACVIEC_HOST": "0.0.0.0", "NHACVIEC_PORT": "8080"}.items()
    )


def test_only_the_pages_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["web"]


def test_the_password_is_a_file_that_is_never_in_the_repository() -> None:
    file = COMPOSE["secrets"]["database_password"]["file"]
    assert file.split("/")[0] + "/" in (ROOT / ".gitignore").read_text("utf-8").split()
