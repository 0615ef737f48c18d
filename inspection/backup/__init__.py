"""Backups as commands: the database, the files, and the keys apart.

``FOLDER/<moment>/`` holds one backup's database and its manifest; ``FOLDER/files/`` holds the bytes of every backup by
their SHA-256, each once. The keys go to another folder, because whoever has both reads the sealed identities. A
manifest carries the root over the journal's heads at the moment of the backup, so that a restored system proves that
it is the one that was backed up.
"""

from inspection.backup.commands import register_commands

__all__ = ["register_commands"]
