"""Plans in the forms that offices use, as Word, Excel and web page, against what a careful clerk reads in them."""

from functools import cache
from typing import Any

import pytest

from documents.reading import read_bytes
from duties.intake import read_plan
from duties.plan import DraftDuty, DraftPlan
from tests.fakes.plan_files import FORMS, plans

PLANS = {plan["name"]: plan for plan in plans()}
ANYTHING = "*"


@cache
def read(name: str, form: str) -> DraftPlan:
    return read_plan(read_bytes(FORMS[form](PLANS[name]["text"]), f"{name}{form}"))


def wanted_duties(name: str) -> list[list[str]]:
    lines = PLANS[name]["duties"].strip().splitlines()
    return [[*(cell.strip() for cell in line.split("|")), "", ""][:6] for line in lines]


def wanted() -> list[Any]:
    return [
        pytest.param(name, form, place, duty, id=f"{name}{form}-{place + 1}")
        for name in PLANS
        for form in FORMS
        for place, duty in enumerate(wanted_duties(name))
    ]


def said(duty: DraftDuty, like: list[str]) -> list[str]:
    """What was read, in the form of the corpus; what the corpus leaves open is left open."""
    content = " ".join(duty.content.split())[: len(like[1])]
    found = [
        duty.code,
        content,
        "; ".join(duty.leads),
        "; ".join(duty.partners),
        duty.deadline.phrase,
        duty.group,
    ]
    return [ANYTHING if asked == ANYTHING else value for value, asked in zip(found, like, strict=True)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PLANS)
def test_every_row_is_found_and_none_invented(name: str, form: str) -> None:
    assert len(read(name, form).duties) == len(wanted_duties(name))


@pytest.mark.parametrize(("name", "form", "place", "duty"), wanted())
def test_the_duty_is_read_as_a_clerk_reads_it(name: str, form: str, place: int, duty: list[str]) -> None:
    assert said(read(name, form).duties[place], duty) == duty


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", PLANS)
def test_the_head_is_read_as_a_clerk_reads_it(name: str, form: str) -> None:
    head = read(name, form).head
    known = {
        field: getattr(head, field)
        for field in ("number", "agency", "issued", "signer")
        if field in PLANS[name]
    }
    assert known == {field: PLANS[name][field] for field in known}
    assert str(head.years) == str(PLANS[name]["year"])
