"""An Office package written so that the same content always gives the same bytes: no part carries the hour of writing."""

import io
import zipfile

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def same_bytes(package: bytes) -> bytes:
    """The package with every part dated 1980, the first day that a zip can name."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(written, "w") as target:
        for part in source.infolist():
            info = zipfile.ZipInfo(part.filename, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(part))
    return written.getvalue()
