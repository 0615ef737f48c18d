"""The ZIP container of Word and Excel files, written without the clock of the machine."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import datetime


def repacked(archive: bytes, moment: datetime) -> bytes:
    """The same files in the same order, every entry dated ``moment`` in the moment's own zone.

    ZIP knows no years before 1980 and no zones, so the local time is written as it is.
    """
    dated = moment.timetuple()[:6]
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, dated)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.file_size = source.getinfo(name).file_size
            with source.open(name) as content, target.open(entry, "w") as copy:
                shutil.copyfileobj(content, copy)
    return packed.getvalue()
