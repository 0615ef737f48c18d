"""The sealed file of a phone's unsent work, opened at the office (decision 0014).

The file holds, for each vault, the phone's data key sealed to the office's recovery key, and rows as they lay on the
phone (``phone/src/vault/cipher.ts``)::

    sealed  = nonce, 12 bytes ‖ ChaCha20-Poly1305 (RFC 8439), bound to "table:key" in UTF-8
    content = length of the text, 4 bytes, big end first ‖ JSON, UTF-8 ‖ the bytes of the one binary column, if any

A file proves that its maker knew the office's public key, not who it was: everything in it is kept aside first, under
the author it names, and enters the journal under that author's name with the administrator's beside it.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from sqlalchemy.orm import Session

from config.errors import Refusal
from config.extensions import db, now, write
from config.storage import Storage
from inspection.complaints.keys import RECOVERY_FOLDER, private_key
from inspection.complaints.sealing import RECOVERY_INFO, SealingError, open_bytes
from inspection.evidence import operations as evidence
from inspection.evidence.models import Evidence
from inspection.journal import desk
from inspection.journal.edit import edit
from inspection.journal.models import ParkedStatus, Receipt
from inspection.journal.operation import Author, Operation, Result, Status
from inspection.journal.parked import park
from inspection.people.access import grants_for
from inspection.people.models import Device, Person
from inspection.people.operations import system_device
from sync.parsing import MalformedError, parse_operation

FORMAT = "inspection-sealed-work"
NONCE_BYTES = 12
LENGTH_BYTES = 4
HERE = (Status.APPLIED, Status.MERGED, Status.CONFLICT, Status.HELD)


class RecoveryError(Exception):
    """A file that is none of ours, was altered, or names people or phones that are not of this district."""


@dataclass(frozen=True, slots=True)
class SealedVault:
    """What one vault left: whose phone it was, the data key in its box, the rows still sealed."""

    device: uuid.UUID
    person: uuid.UUID
    box: Mapping[str, str]
    rows: tuple[tuple[str, str, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Holding:
    """What a sealed vault shows without being opened. ``key_here``: this installation holds the key that opens it."""

    person: str
    device: str
    operations: int
    photos: int
    key_here: bool


@dataclass(slots=True)
class Outcome:
    """What became of a file. ``kept_aside`` waits in the queue of refused operations for a person."""

    admitted: int = 0
    known: int = 0
    kept_aside: int = 0
    photos: int = 0
    photos_left: int = 0


def read(content: bytes) -> list[SealedVault]:
    """The vaults of a file. Nothing is opened.

    :raises RecoveryError: when it has another form.
    """
    try:
        said = json.loads(content)
        if said["format"] != FORMAT or said["version"] != 1:
            raise RecoveryError("another form of file")
        return [
            SealedVault(
                device=uuid.UUID(vault["device"]),
                person=uuid.UUID(vault["user"]),
                box={"key": str(vault["office"]["key"]), "box": str(vault["office"]["box"])},
                rows=tuple(
                    (str(row["table"]), str(row["key"]), base64.b64decode(row["sealed"], validate=True))
                    for row in vault["rows"]
                ),
            )
            for vault in said["vaults"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise RecoveryError("not a sealed file of a phone") from problem


def look(
    session: Session, vaults: list[SealedVault], jurisdiction: uuid.UUID | None, data_dir: Path
) -> list[Holding]:
    """Whose vaults these are and how much is in them. Nothing is opened, and nothing is written.

    :raises RecoveryError: a phone or its user is not known here.
    :raises Refusal: ``forbidden``: of another district.
    """
    found = []
    for vault in vaults:
        device, person = _owner(session, vault, jurisdiction)
        tables = [table for table, _, _ in vault.rows]
        found.append(
            Holding(
                person=person.full_name,
                device=device.name,
                operations=tables.count("outbox"),
                photos=tables.count("photo_bytes"),
                key_here=_holds_key(data_dir, vault.box["key"]),
            )
        )
    return found


def _holds_key(data_dir: Path, kid: str) -> bool:
    try:
        private_key(data_dir, kid, RECOVERY_FOLDER)
    except SealingError:
        return False
    return True


def _owner(session: Session, vault: SealedVault, jurisdiction: uuid.UUID | None) -> tuple[Device, Person]:
    device, person = session.get(Device, vault.device), session.get(Person, vault.person)
    if device is None or person is None or device.person != person.id:
        raise RecoveryError("the phone or its user is not known here")
    if person.scope != f"reference:{jurisdiction}":
        raise Refusal("forbidden")
    return device, person


def recover(
    content: bytes, administrator: uuid.UUID, reason: str, data_dir: Path, storage: Storage
) -> Outcome:
    """Open a file and take its work in, each operation at most once however often it is brought or sent. First the
    journal says who opens it and why; only then a private key is used.

    :raises RecoveryError: the file is none of ours, was altered, or was sealed to a key that is not here.
    :raises Refusal: ``forbidden`` for anybody but an administrator of the authors' district.
    """
    vaults = read(content)
    with write() as session:
        for vault in vaults:
            _note_opening(session, vault, administrator, reason, hashlib.sha256(content).hexdigest())
    outcome = Outcome()
    for vault in vaults:
        rows = list(_opened(vault, data_dir))
        elements = [json.loads(row["body"]) for table, row, _ in rows if table == "outbox"]
        for element in sorted(elements, key=lambda each: int(each["n"])):
            with write() as session:
                _take_in(session, vault, administrator, element, outcome)
        for table, row, bytes_ in rows:
            if table == "photo_bytes":
                _take_photo(uuid.UUID(row["evidence"]), bytes_, storage, outcome)
    return outcome


def _note_opening(
    session: Session, vault: SealedVault, administrator: uuid.UUID, reason: str, sha256: str
) -> None:
    grants = grants_for(session, administrator)
    device, person = _owner(session, vault, grants.jurisdiction)
    author = Author(system_device(session, now()).id, administrator, grants, self_exempt=False)
    fields = {"device": str(device.id), "person": str(person.id), "sha256": sha256, "reason": reason}
    result = edit(session, author, kind="recovery", scope=person.scope, fields=fields)
    if result.status is not Status.APPLIED:
        raise Refusal(str((result.error or {}).get("code", "forbidden")))


def _opened(vault: SealedVault, data_dir: Path) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    try:
        private = private_key(data_dir, vault.box["key"], RECOVERY_FOLDER)
        cipher = ChaCha20Poly1305(open_bytes(private, vault.box, RECOVERY_INFO))
        for table, key, sealed in vault.rows:
            place = f"{table}:{key}".encode()
            content = cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
            length = int.from_bytes(content[:LENGTH_BYTES])
            row = json.loads(content[LENGTH_BYTES : LENGTH_BYTES + length])
            if table == "photo_bytes":
                row["evidence"] = key
            yield table, row, content[LENGTH_BYTES + length :]
    except (SealingError, InvalidTag, ValueError) as problem:
        raise RecoveryError("altered, or sealed to a key that is not here") from problem


def _take_in(
    session: Session, vault: SealedVault, administrator: uuid.UUID, element: Any, outcome: Outcome
) -> None:
    operation: Operation | None = None
    try:
        operation = parse_operation(element)
    except MalformedError:
        outcome.kept_aside += 1
    if operation is not None and _is_known(session, operation.id):
        outcome.known += 1
        return
    parked = park(
        session,
        device=vault.device,
        user=vault.person,
        content=element if operation is None else operation.content(),
        operation=operation,
        status=ParkedStatus.QUARANTINED,
        error={"code": "device_revoked"},
        received_at=now(),
    )
    session.flush()
    if operation is None:
        return
    if parked.status not in desk.WAITING:
        outcome.known += 1
        return
    result: Result = desk.admit(session, parked.id, administrator)
    if result.status in HERE:
        outcome.admitted += 1
    else:
        outcome.kept_aside += 1


def _is_known(session: Session, operation: uuid.UUID) -> bool:
    receipt = session.get(Receipt, operation)
    return receipt is not None and receipt.status != Status.REJECTED


def _take_photo(record: uuid.UUID, content: bytes, storage: Storage, outcome: Outcome) -> None:
    found = db.session.get(Evidence, record, populate_existing=True)
    if found is None:
        outcome.photos_left += 1
        return
    wanted = evidence.announced(db.session(), record)
    db.session.rollback()
    try:
        evidence.examine(wanted, io.BytesIO(content))
    except Refusal:
        outcome.photos_left += 1
        return
    evidence.keep(storage, wanted, io.BytesIO(content))
    with write() as session:
        evidence.note_stored(session, record, now())
    outcome.photos += 1
