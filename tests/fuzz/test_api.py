"""Nothing that the OpenAPI document allows makes the server fail or answer out of its document."""

from __future__ import annotations

import pytest
from flask import Flask

from inspection.people.permissions import Role
from tests.fuzz.api import fuzz

EXAMPLES = 3
"""Calls of each operation: the short run, the same each time. ``python -m tests.fuzz`` is the long one."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", [None, *(role.value for role in Role)])
def test_every_operation_answers_as_its_document_says(app: Flask, role: str | None) -> None:
    called = list(fuzz(app, role, EXAMPLES))
    assert len(called) >= 20
