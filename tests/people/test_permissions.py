"""The matrix itself, without database or request."""

from __future__ import annotations

import uuid

import pytest

from inspection.people.grants import Grants, expand
from inspection.people.matrix import DERIVED, MATRIX
from inspection.people.permissions import PERMISSIONS, Permission, Role, Verb

HERE = uuid.uuid4()
OWN, OTHER = f"campaign:{uuid.uuid4()}", f"campaign:{uuid.uuid4()}"
FOREIGN = f"campaign:{uuid.uuid4()}"
OWN_CASE, OTHER_CASE = f"complaint:{uuid.uuid4()}", f"complaint:{uuid.uuid4()}"
REFERENCE, ESTABLISHMENTS = f"reference:{HERE}", f"establishments:{HERE}"
EVERYTHING = frozenset({OWN, OTHER, OWN_CASE, OTHER_CASE})
FIELD_KINDS = ("visit", "answer", "violation", "measure", "signature")


def grants(*roles: str, within: frozenset[str] = frozenset()) -> Grants:
    """Somebody with one own campaign and one own case."""
    return Grants(uuid.uuid4(), HERE, expand(roles), own=frozenset({OWN, OWN_CASE}), within=within)


def test_a_lead_is_an_inspector_too() -> None:
    assert expand(["lead"]) == {Role.LEAD, Role.INSPECTOR}
    assert expand(["astronaut"]) == frozenset()


@pytest.mark.parametrize("kind", FIELD_KINDS)
def test_an_inspector_writes_what_was_found_in_assigned_campaigns_only(kind: str) -> None:
    inspector = grants("inspector", within=EVERYTHING)
    for verb in (Verb.CREATE, Verb.EDIT, Verb.VOID, Verb.READ):
        assert inspector.may(verb, kind, OWN)
        assert not inspector.may(verb, kind, OTHER)
    assert not inspector.may(Verb.SETTLE, kind, OWN)


def test_a_lead_settles_conflicts_and_forms_the_team_in_the_own_campaign() -> None:
    lead = grants("lead")
    assert lead.may("settle", "answer", OWN)
    assert lead.may("create", "assignment", OWN)
    assert not lead.may("settle", "answer", OTHER)
    assert not lead.may("edit", "campaign", OWN)


def test_a_manager_plans_reads_and_settles_everywhere_but_writes_no_findings() -> None:
    manager = grants("manager", within=EVERYTHING)
    assert manager.may("create", "campaign", f"campaign:{uuid.uuid4()}")
    assert manager.may("settle", "visit", OTHER)
    assert manager.may("read", "complaint", OTHER_CASE)
    assert not manager.may("edit", "visit", OTHER)
    assert not manager.may("create", "complaint", f"complaint:{uuid.uuid4()}")


def test_nobody_reaches_a_scope_of_another_district() -> None:
    for role in Role:
        person = grants(role.value, within=EVERYTHING)
        assert not person.may("read", "visit", FOREIGN)
        assert not person.may("read", "person", f"reference:{uuid.uuid4()}")
        assert FOREIGN not in person.scopes


def test_a_handler_edits_the_cases_in_hand_and_sees_no_others() -> None:
    handler = grants("handler")
    assert handler.may("edit", "complaint", OWN_CASE)
    assert not handler.may("read", "complaint", OTHER_CASE)
    assert OTHER_CASE not in handler.scopes


def test_an_auditor_reads_the_register_and_writes_nothing_but_that_it_was_read() -> None:
    auditor = grants("auditor", within=EVERYTHING)
    assert auditor.may("read", "complaint", OTHER_CASE)
    assert auditor.may("create", "reading", OTHER_CASE)
    for kind in MATRIX.keys() - {"reading"}:
        for verb in (Verb.CREATE, Verb.EDIT, Verb.VOID, Verb.SETTLE):
            for scope in (OWN, OWN_CASE, REFERENCE, ESTABLISHMENTS):
                assert not auditor.may(verb, kind, scope)


def test_an_administrator_keeps_the_reference_data_and_reads_no_case_and_no_visit() -> None:
    administrator = grants("administrator")
    assert administrator.may("edit", "person", REFERENCE)
    assert administrator.scopes == {REFERENCE, REFERENCE.replace("reference", "administration")}
    assert not administrator.may("read", "complaint", OWN_CASE)


def test_inspectors_and_desk_open_a_new_file_and_an_inspector_cannot_change_it_afterwards() -> None:
    fresh = f"complaint:{uuid.uuid4()}"
    assert grants("inspector").may("create", "complaint", fresh)
    assert grants("desk").may("create", "complaint", fresh)
    assert not grants("inspector").may("edit", "complaint", OWN_CASE)
    assert grants("inspector").may("read", "complaint", OWN_CASE)


def test_a_kind_outside_its_own_sort_of_scope_is_refused() -> None:
    assert not grants("inspector").may("create", "visit", REFERENCE)
    assert not grants("administrator").may("create", "person", OWN)


def test_conflicts_are_read_wherever_the_scope_is_and_written_by_nobody() -> None:
    inspector = grants("inspector")
    assert all(inspector.may("read", kind, OWN) for kind in DERIVED)
    assert not any(grants(role.value, within=EVERYTHING).may("edit", "conflict", OWN) for role in Role)


def test_without_a_role_nothing_is_allowed() -> None:
    nobody = Grants(uuid.uuid4(), HERE, frozenset(), own=frozenset({OWN}), within=EVERYTHING)
    assert nobody.scopes == frozenset()
    assert not any(nobody.may(verb, kind, OWN) for verb in Verb for kind in MATRIX)
    assert not any(nobody.holds(permission) for permission in Permission)


def test_a_scope_just_opened_is_reached_by_the_operations_behind_it() -> None:
    opened = f"campaign:{uuid.uuid4()}"
    manager = grants("manager").opened(opened)
    assert manager.may("create", "assignment", opened)


def test_every_permission_names_its_holders() -> None:
    assert set(PERMISSIONS) == set(Permission)
    assert all(holders for holders in PERMISSIONS.values())
