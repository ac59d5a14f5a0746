"""What an installation of sayso consists of, as a CycloneDX bill of materials, from the locked list beside this file.

python requirements/sbom.py [LOCK] > sayso.cdx.json
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def pins(lock: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name -> version and SHA-256 of every file that may be installed for it."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for line in lock.splitlines():
        if match := _PIN.match(line):
            name = match[1].lower()
            found[name] = (match[2].rstrip("\\").strip(), ())
        elif name and (hashed := _HASH.search(line)):
            found[name] = (found[name][0], (*found[name][1], hashed[1]))
    return found


def bill(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The bill of materials: the same lock gives the same bytes."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
        }
        for name, (version, hashes) in sorted(pins(lock).items())
    ]
    root = {"type": "application", "bom-ref": "sayso", "name": project["name"], "version": project["version"]}
    licensed = {**root, "licenses": [{"license": {"id": project["license"]}}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": licensed},
        "components": components,
        "dependencies": [{"ref": "sayso", "dependsOn": [each["bom-ref"] for each in components]}],
    }


def main() -> None:
    lock = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "plain.txt"
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]
    sys.stdout.write(json.dumps(bill(lock.read_text("utf-8"), project), indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
