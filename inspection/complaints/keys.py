"""The office's sealing keys, kept as files beside the database and never in it.

``DATA_DIR/sealing/<kid>.pem`` holds one private key each (PKCS #8, mode 0600); ``current`` names the one that
new boxes are made for. Replacing the key means adding a file and changing that name: old boxes stay readable.
``DATA_DIR/recovery`` holds in the same way the keys to which phones seal what they have not sent
(:mod:`sync.recovery`): who may open an identity need not be able to open a phone's work, and the other way round.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from inspection.complaints.sealing import SealingError, public_jwk

FOLDER = "sealing"
RECOVERY_FOLDER = "recovery"
CURRENT = "current"


def current_public_key(data_dir: Path, purpose: str = FOLDER) -> dict[str, str]:
    """The public key that is sealed to now, as a JWK with ``kid``. The first call makes the key."""
    folder = data_dir / purpose
    if not (folder / CURRENT).exists():
        _make_first_key(folder)
    return _public_key(folder, (folder / CURRENT).read_text().strip())


def private_key(data_dir: Path, kid: str, purpose: str = FOLDER) -> ec.EllipticCurvePrivateKey:
    """The private key ``kid``.

    :raises SealingError: when this installation does not hold it.
    """
    return _load(data_dir / purpose, kid)


def names(data_dir: Path) -> list[str]:
    """The ids of the keys that this installation holds."""
    return sorted(path.stem for path in (data_dir / FOLDER).glob("*.pem"))


def new_key(data_dir: Path) -> str:
    """Make a key that new boxes are sealed to from now on; its id. Boxes of earlier keys can still be opened."""
    folder = data_dir / FOLDER
    current_public_key(data_dir)
    kid = _make_key(folder)
    name = folder / f"{CURRENT}.{os.getpid()}"
    _write_private(name, kid.encode())
    name.replace(folder / CURRENT)
    return kid


@lru_cache(maxsize=8)
def _public_key(folder: Path, kid: str) -> dict[str, str]:
    return public_jwk(_load(folder, kid).public_key())


def _load(folder: Path, kid: str) -> ec.EllipticCurvePrivateKey:
    path = folder / f"{kid}.pem"
    if not kid or kid != Path(kid).name or not path.is_file():
        raise SealingError("this installation does not hold the key")
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SealingError("not a P-256 key")
    return key


def _make_first_key(folder: Path) -> None:
    """Write a new key, then its name. Of two processes that start together the first name stays; the other's
    key is unused."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kid = _make_key(folder)
    name = folder / f"{CURRENT}.{os.getpid()}"
    _write_private(name, kid.encode())
    try:
        os.link(name, folder / CURRENT)
    except FileExistsError:
        (folder / f"{kid}.pem").unlink()
    finally:
        name.unlink()


def _make_key(folder: Path) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    kid = public_jwk(key.public_key())["kid"]
    _write_private(
        folder / f"{kid}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return kid


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
