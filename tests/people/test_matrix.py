"""Every address and every kind stands in the matrix, and the application behaves as the matrix says."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask
from werkzeug.routing import Rule

from inspection import load_kinds
from inspection.journal.kinds import registry
from inspection.people.endpoints import ENDPOINTS, OWN_CHECK, PUBLIC
from inspection.people.matrix import MATRIX
from inspection.people.permissions import PERMISSIONS, Permission, Role
from tests.office.browsing import Visitor
from tests.world import World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""Who may open what does not depend on the database."""


def path_of(rule: Rule) -> str:
    """An address of the rule, with ids that nothing bears."""
    values = {name: uuid.uuid4() if "uuid:" in rule.rule else "x" for name in rule.arguments}
    built = rule.build(values | {name: "pdf" for name in rule.arguments if name == "made"})
    assert built is not None
    return built[1]


def guarded(app: Flask) -> list[tuple[Rule, str, Permission]]:
    """Every rule that asks for a permission, with one of its methods."""
    found = []
    for rule in app.url_map.iter_rules():
        wanted = ENDPOINTS[rule.endpoint]
        if isinstance(wanted, Permission):
            methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            found += [(rule, method, wanted) for method in methods]
    return found


@on_sqlite
def test_every_address_of_the_application_is_in_the_matrix_and_no_other(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(ENDPOINTS)


def test_every_kind_is_in_the_matrix_in_the_scopes_it_lives_in() -> None:
    load_kinds()
    assert set(registry) == set(MATRIX)
    for name, kind in registry.items():
        assert (kind.scope, kind.opens_scope) == (MATRIX[name].scope, MATRIX[name].opens_scope)


@on_sqlite
def test_nobody_gets_in_without_signing_in(app: Flask) -> None:
    visitor = Visitor(app)
    for rule, method, _ in guarded(app):
        answer = visitor.send(method, path_of(rule))
        if rule.rule.startswith("/api/"):
            assert answer.status_code in {401, 422}, (method, rule)
            if answer.status_code == 422:
                assert method == "POST", "a body is read before the caller only where there is one"
        else:
            assert answer.status_code == 302, (method, rule)
            assert answer.location.startswith("/sign-in"), (method, rule)


@on_sqlite
def test_a_role_without_the_permission_is_turned_away_from_every_office_page(app: Flask) -> None:
    world = World(app)
    for role in Role:
        world.person(role.value, role.value)
        visitor = Visitor(app)
        visitor.sign_in(role.value)
        for rule, method, permission in guarded(app):
            if not rule.endpoint.startswith("office.") or rule.endpoint == "office.sign_out":
                continue
            answer = visitor.send(method, path_of(rule))
            holds = any(
                one in PERMISSIONS[permission]
                for one in ({role, Role.INSPECTOR} if role is Role.LEAD else {role})
            )
            if not holds:
                assert answer.status_code == 403, (role, method, rule)
            else:
                assert answer.status_code != 302 or not answer.location.startswith("/sign-in"), (
                    role,
                    method,
                    rule,
                )


@on_sqlite
def test_a_role_without_the_permission_is_turned_away_from_every_address_of_the_api(app: Flask) -> None:
    world = World(app)
    for role in Role:
        world.person(role.value, role.value)
        phone = world.phone(role.value)
        client = app.test_client()
        for rule, method, permission in guarded(app):
            if not rule.rule.startswith("/api/") or not PERMISSIONS[permission].isdisjoint(
                {role, Role.INSPECTOR}
            ):
                continue
            answer = client.open(path_of(rule), method=method, headers=phone.headers, json={})
            assert answer.status_code in {403, 422}, (role, method, rule)


def test_only_signing_in_health_and_files_are_open_to_everybody() -> None:
    public = {name for name, wanted in ENDPOINTS.items() if wanted == PUBLIC}
    assert public == {
        "api-docs.openapi_json",
        "app_files.file",
        "app_files.without_slash",
        "complaints.sealing_key",
        "enrolment.login",
        "enrolment.refresh",
        "health.healthz",
        "health.metrics",
        "health.readyz",
        "office.finish_first_run",
        "office.first_run",
        "office.language",
        "office.sign_in",
        "office.sign_in_code",
        "office.signing",
        "office.signing_code",
        "office.static",
        "uploads.abilities",
    }
    assert {name for name, wanted in ENDPOINTS.items() if wanted == OWN_CHECK} == {"sync.push"}
