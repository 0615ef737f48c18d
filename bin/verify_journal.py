"""Check an exported journal with nothing but the export, a checkpoint file and the public key.

    python3 verify_journal.py journal.jsonl [--checkpoint FILE --key public.pem]

This file shares no code with the product and can be handed to anybody: it needs Python 3.11, and for the signature
the package ``cryptography``. It exits 0 when every chain holds and every head of the checkpoint is on it.
"""

import argparse
import base64
import hashlib
import json
import sys


def canonical(value):
    """UTF-8, keys sorted, no white space."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def check_chains(lines):
    """The hash of every entry by (scope, sequence), and what is wrong."""
    hashes, faults = {}, []
    scope, expected, previous = None, 1, bytes(32)
    for number, line in enumerate(lines, start=1):
        entry = json.loads(line)
        header, kept = entry["header"], entry["hash"]
        if header["scope"] != scope:
            scope, expected, previous = header["scope"], 1, bytes(32)
        if header["seq"] != expected:
            faults.append(f"line {number}: {scope} {expected} is missing")
        elif hashlib.sha256(previous + canonical(header)).hexdigest() != kept:
            faults.append(f"line {number}: {scope} {header['seq']} was altered")
        for name, salted in entry.get("content", {}).items():
            if salted is not None and digest(*salted) != header["digests"].get(name):
                faults.append(f"line {number}: {scope} {header['seq']}: the value of {name} was altered")
        expected, previous = header["seq"] + 1, bytes.fromhex(kept)
        hashes[scope, header["seq"]] = kept
    return hashes, faults


def digest(salt, value):
    """What the header says of a value."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(value)).hexdigest()


def merkle_root(heads):
    """The root over heads sorted by scope."""
    level = []
    for scope, seq, hash_ in sorted(heads):
        content = b"\x00".join((scope.encode(), str(seq).encode(), hash_.encode()))
        level.append(hashlib.sha256(b"\x00" + content).digest())
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex() if level else bytes(32).hex()


def check_checkpoint(checkpoint, hashes):
    """What of a checkpoint the export contradicts."""
    if merkle_root(checkpoint["heads"]) != checkpoint["root"]:
        yield "checkpoint: the root is not the root over its heads"
    for scope, seq, hash_ in checkpoint["heads"]:
        if hashes.get((scope, seq)) != hash_:
            yield f"checkpoint: {scope} {seq} is not in this journal"


def check_signature(checkpoint, key):
    """What is wrong with the signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    words = canonical({"root": checkpoint["root"], "taken_at": checkpoint["taken_at"]})
    try:
        load_pem_public_key(key).verify(base64.b64decode(checkpoint["signature"]), words)
    except InvalidSignature:
        yield "checkpoint: the signature is not of this key"


def main():
    """Check what was given; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("journal", type=argparse.FileType("rb"))
    parser.add_argument("--checkpoint", type=argparse.FileType("rb"))
    parser.add_argument("--key", type=argparse.FileType("rb"))
    given = parser.parse_args()
    hashes, faults = check_chains(given.journal)
    if given.checkpoint:
        checkpoint = json.load(given.checkpoint)
        faults += check_checkpoint(checkpoint, hashes)
        if given.key:
            faults += check_signature(checkpoint, given.key.read())
    print("\n".join([*faults, f"{len(hashes)} entries, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
