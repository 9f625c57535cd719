"""What we depend on: under licences that an agency may use, and audited without being told that nothing is all well."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKED = sorted(
    set(re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)==", (ROOT / "requirements/app.txt").read_text("utf-8")))
)
# its metadata says nothing or too much; this is what its own licence file says
READ_BY_HAND = {"pyrage": "MIT", "docutils": "Public Domain, BSD-2-Clause"}
WEAK = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
WELL = {"name": "b", "version": "1", "vulns": []}
UNKNOWN = {"name": "c", "skip_reason": "not found"}


def licence_of(name: str) -> str:
    """What it says of its licence, in one line; nothing when it is not installed on this system."""
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    try:
        said = distribution(name).metadata
    except PackageNotFoundError:
        return "not for this system"
    classified = [
        each.rpartition("::")[2].strip() for each in said.get_all("Classifier") or [] if "License ::" in each
    ]
    [expression] = said.get_all("License-Expression") or [""]
    [told] = said.get_all("License") or [""]
    return expression or ", ".join(classified) or told.split("\n")[0]


@pytest.mark.parametrize("name", LOCKED)
def test_no_library_of_the_program_asks_us_to_publish_it(name: str) -> None:
    """GPL and AGPL do; the LGPL does not of whoever imports a library as it is."""
    licence = licence_of(name)
    assert licence
    lesser = re.sub(r"LGPL|Lesser General Public|Library or Lesser", "", licence)
    assert not re.search(r"GPL|General Public|Affero", lesser)


def audit(folder: Path, *packages: Mapping[str, object], **around: str) -> tuple[int, str]:
    report = folder / "report.json"
    if packages:
        report.write_text(json.dumps({"dependencies": packages}), "utf-8")
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit.py", report],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **around},
    )
    return told.returncode, told.stdout


def test_a_known_weakness_fails(tmp_path: Path) -> None:
    assert audit(tmp_path, WEAK, WELL) == (1, "audit: known weaknesses\na 1: PYSEC-1, mended in 2\n")


def test_what_nothing_is_told_of_is_named(tmp_path: Path) -> None:
    ending, said = audit(tmp_path, WELL, UNKNOWN)
    assert (ending, said.splitlines()) == (
        0,
        ["audit: 1 packages, no known weakness", "audit: NOT DONE for c: nothing is told of them"],
    )


def test_a_registry_that_tells_of_nothing_is_not_all_well(tmp_path: Path) -> None:
    assert "NOT DONE" in audit(tmp_path, UNKNOWN)[1]


def test_without_a_network_it_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    ending, said = audit(tmp_path)
    assert (ending, "NOT DONE" in said) == (0, True)


@pytest.mark.parametrize("found", [[], [UNKNOWN], [WELL, UNKNOWN]], ids=["no report", "none", "not all"])
def test_where_an_audit_is_required_what_is_not_audited_fails(
    tmp_path: Path, found: list[Mapping[str, object]]
) -> None:
    assert audit(tmp_path, *found, AUDIT="required")[0] == 3
