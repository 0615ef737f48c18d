"""The key that checkpoints are signed with (Ed25519), a file beside the database and never in it.

``DATA_DIR/checkpoint-key/private.pem`` (mode 0600) and ``public.pem``, which is handed out: to auditors, to the
province, to whoever should be able to check later.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

FOLDER = "checkpoint-key"


def private_key(data_dir: Path) -> Ed25519PrivateKey:
    """The signing key of this installation; the first call makes it."""
    path = data_dir / FOLDER / "private.pem"
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} is no Ed25519 key")
    return key


def public_key(data_dir: Path, name: str) -> Ed25519PublicKey | None:
    """The public half of the key ``name``, also of one that was replaced as long as its file is in the folder; None
    when this installation does not know it."""
    for path in sorted((data_dir / FOLDER).glob("public*.pem")):
        key = load_pem_public_key(path.read_bytes())
        if isinstance(key, Ed25519PublicKey) and key_id(key) == name:
            return key
    return None


def public_pem(key: Ed25519PublicKey) -> bytes:
    """A public key as it is handed out."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_id(key: Ed25519PublicKey) -> str:
    """The name of a key: 16 hex digits of the digest of its public half."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _make(path: Path) -> None:
    """Write a new key. Of two processes that start together the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
        (path.parent / "public.pem").write_bytes(public_pem(key.public_key()))
    except FileExistsError:
        pass
    finally:
        draft.unlink()
