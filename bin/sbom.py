"""Print what the product is made of, as CycloneDX 1.6 in JSON: ``python3 -m bin.sbom > inspection.cdx.json``.

Read from the two locks alone, so the same sources always give the same bytes, on any machine and before anything is
installed. A library carries the SHA-256 of every file that may be installed for it; what only builds the phone app has
the scope ``excluded``: none of it reaches a server or a phone.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bin.install import PHONE, ROOT

NAME = "inspection"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)(.*(?:\n[ ]{4}.*)*)", re.MULTILINE)
_COMMENT = re.compile(r"# +(\S.*)$", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

Component = dict[str, Any]


def bill(root: Path = ROOT, phone: Path = PHONE) -> dict[str, Any]:
    """The bill of materials of the sources under ``root``."""
    components, needs = _python((root / "requirements.txt").read_text())
    lock = json.loads((phone / "package-lock.json").read_text())
    more, needed = _npm(lock["packages"])
    components += more
    direct = sorted(needs.pop(NAME) | needed.pop(""))
    graph = [{"ref": NAME, "dependsOn": direct}]
    graph += [{"ref": ref, "dependsOn": sorted(on)} for ref, on in sorted({**needs, **needed}.items())]
    content = {
        "metadata": {"component": {"type": "application", "bom-ref": NAME, "name": NAME}},
        "components": sorted(components, key=lambda component: str(component["bom-ref"])),
        "dependencies": graph,
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
    }
    return head | content


def _python(lock: str) -> tuple[list[Component], dict[str, set[str]]]:
    """The libraries of a lock, and which of them each needs; :data:`NAME` stands for the product itself."""
    found = [(match[1], match[2], match[3]) for match in _PINNED.finditer(lock)]
    references: dict[str, set[str]] = {}
    for name, version, _ in found:  # some have two versions, for different Pythons
        references.setdefault(name, set()).add(f"pkg:pypi/{name}@{version}")
    needs: dict[str, set[str]] = {NAME: set()}
    components = []
    for name, version, rest in found:
        reference = f"pkg:pypi/{name}@{version}"
        needs.setdefault(reference, set())
        hashes = [{"alg": "SHA-256", "content": each} for each in _HASH.findall(rest)]
        components.append(_component(reference, name, version, hashes))
        for comment in _COMMENT.findall(rest):
            asked_by = comment.removeprefix("via ")
            above = {NAME} if asked_by.startswith("-r ") else references.get(asked_by, set())
            for each in above:
                needs.setdefault(each, set()).add(reference)
    return components, needs


def _npm(packages: dict[str, Any]) -> tuple[list[Component], dict[str, set[str]]]:
    """The packages of npm's lock, and which of them each needs; the empty word stands for the phone app itself."""
    references = {
        place: f"pkg:npm/{quote(_named(place))}@{each['version']}"
        for place, each in packages.items()
        if place
    }
    components: dict[str, Component] = {}
    needs: dict[str, set[str]] = {}
    for place, each in packages.items():
        names = {**each.get("dependencies", {}), **each.get("optionalDependencies", {})}
        on = {references[found] for name in names if (found := _resolved(place, name, packages))}
        needs.setdefault(references.get(place, ""), set()).update(on)
        if not place or (references[place] in components and each.get("dev")):
            continue
        algorithm, _, digest = each["integrity"].partition("-")
        hashes = [
            {"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}
        ]
        made = _component(references[place], _named(place), each["version"], hashes)
        made["scope"] = "excluded" if each.get("dev") else "required"
        if each.get("license"):
            made["licenses"] = [{"expression": each["license"]}]
        components[references[place]] = made
    return list(components.values()), needs


def _component(reference: str, name: str, version: str, hashes: list[dict[str, str]]) -> Component:
    return {
        "type": "library", "bom-ref": reference, "purl": reference, "name": name, "version": version,
        "scope": "required", "hashes": hashes,
    }  # fmt: skip


def _named(place: str) -> str:
    return place.rpartition("node_modules/")[2]


def _resolved(place: str, name: str, packages: dict[str, Any]) -> str | None:
    """Where the package at ``place`` finds ``name``, as Node looks: beside it, then further and further up."""
    return next(
        (found for above in _above(place) if (found := f"{above}node_modules/{name}") in packages), None
    )


def _above(place: str) -> Iterator[str]:
    while place:
        yield f"{place}/"
        place = place.rpartition("node_modules/")[0].rstrip("/")
    yield ""


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, ensure_ascii=False)
    print()
