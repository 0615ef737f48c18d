"""The bill of materials names everything that is installed, as the standard asks, and always with the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from bin.install import ROOT
from bin.sbom import bill


def test_the_same_sources_give_the_same_bytes() -> None:
    command = [sys.executable, "-m", "bin.sbom"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert json.loads(printed) == bill()
    assert printed.decode() == json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"


def test_it_is_what_the_standard_asks() -> None:
    whole = bill()
    shipped = [component for component in whole["components"] if component["scope"] == "required"]
    tools = [component for component in whole["components"] if component["scope"] == "excluded"]
    some = whole | {"components": shipped + tools[:20], "dependencies": whole["dependencies"][:20]}
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(some)) is None


def test_every_library_of_both_locks_stands_in_it_with_its_hashes() -> None:
    made = {component["purl"]: component for component in bill()["components"]}
    pinned = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line]
    assert len([purl for purl in made if purl.startswith("pkg:pypi/")]) == len(pinned)
    [flask] = [component for component in made.values() if component["name"] == "flask"]
    assert f"flask=={flask['version']}" in "\n".join(pinned)
    assert len(flask["hashes"]) == 2
    packages = json.loads((ROOT / "phone" / "package-lock.json").read_text())["packages"]
    shipped = {each["version"] for place, each in packages.items() if place == "node_modules/preact"}
    assert {component["version"] for component in made.values() if component["name"] == "preact"} == shipped
    scopes = {component["name"]: component["scope"] for component in made.values()}
    assert scopes["preact"] == "required"
    assert scopes["vite"] == "excluded", "what only builds the phone app reaches nobody"


def test_who_needs_a_library_can_be_followed_from_the_product_down() -> None:
    needs = {each["ref"]: each["dependsOn"] for each in bill()["dependencies"]}
    reached, waiting = set[str](), ["inspection"]
    while waiting:
        for below in needs.get(waiting.pop(), ()):
            if below not in reached:
                reached.add(below)
                waiting.append(below)
    shipped = {component["bom-ref"] for component in bill()["components"] if component["scope"] == "required"}
    assert shipped <= reached, shipped - reached
