"""Whether PDFs can be made here: WeasyPrint is a package of Python, and Pango a library of the system."""

from __future__ import annotations

try:
    import weasyprint  # noqa: F401

    MISSING = ""
except (ImportError, OSError) as error:
    MISSING = f"weasyprint cannot be loaded (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0): {error}"
