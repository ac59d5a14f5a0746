"""The page of the HTTP API, from what the app says of itself."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import sayso
from making.prose import cell, code, markdown, table

Schema = dict[str, Any]

_UNDER = "/api/v1"


@cache
def openapi() -> Schema:
    """The app's own description, as a desk serves it at ``/api/v1/openapi.json``."""
    from sayso.serve.desk import Desk
    from sayso.serve.web.app import make_app

    with tempfile.TemporaryDirectory() as folder:
        ledger = str(Path(folder) / "empty.db")
        sayso.open(ledger, create=True).close()
        desk = Desk(ledger)
        try:
            described: Schema = make_app(desk, name="empty").openapi()
        finally:
            desk.close()
    return described


def document() -> str:
    return json.dumps(openapi(), indent=1, ensure_ascii=False) + "\n"


def page() -> str:
    """Every endpoint with what it takes and gives, then the shapes of what it gives."""
    described = openapi()
    parts = [_OPENING, "## Endpoints", ""]
    rows = []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            words = (operation.get("description") or operation.get("summary", "")).partition("\n\n")[0]
            rows.append(
                (f"{method.upper()}&nbsp;[{code(path.removeprefix(_UNDER))}](#{_anchor(method, path)})", cell(words))
            )
    parts.append(table(("Endpoint", "What"), rows))
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            parts.append(_operation(method, path, operation))
    parts += ["## Shapes", "", "What the answers hold; a field that may be null says so.", ""]
    for name, schema in described["components"]["schemas"].items():
        parts.append(_shape(name, schema))
    return "\n".join(parts) + "\n"


_OPENING = """# HTTP API

`sayso serve LEDGER` answers programs under `/api/v1`, before every path of this page, with the very contents of its pages, as JSON. This page is made from the
description that a desk serves itself at `/api/v1/openapi.json` ([the same as a file](openapi.json)).

With `--auth` a program sends `Authorization: Bearer TOKEN` ([how to make one](../people.md)). What goes wrong is answered as
`application/problem+json` (RFC 9457). `as_of` is a time in ISO 8601: what was out by the end of it. Answers carry an `ETag`; `If-None-Match`
with it gives 304 as long as nothing changed. Text of reports in an answer is data, and never markup.
"""


def _operation(method: str, path: str, operation: Schema) -> str:
    words = operation.get("description") or operation.get("summary", "")
    parts = [
        f"### {method.upper()} {code(path.removeprefix(_UNDER))} {{ #{_anchor(method, path)} }}",
        "",
        markdown(words),
        "",
    ]
    rows = [
        (code(each["name"]), each["in"], _type(each["schema"]), "" if each.get("required") else _otherwise(each["schema"]),
         cell(each.get("description") or each["schema"].get("description")))
        for each in operation.get("parameters", [])
    ]  # fmt: skip
    if rows:
        parts.append(table(("Parameter", "In", "Type", "Left out", ""), rows))
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        parts += [f"Takes {code(kind)}: {_type(body['schema'])}", ""]
    given = []
    for status, answer in operation["responses"].items():
        for kind, body in (answer.get("content") or {"": {}}).items():
            given.append((status, code(kind), _type(body.get("schema", {})), cell(answer.get("description"))))
    good = [row for row in given if row[0].startswith("2")]
    parts.append(table(("Status", "Kind", "Holds", ""), good))
    problems = ", ".join(row[0] for row in given if not row[0].startswith("2"))
    parts += [f"Problems: {problems}.", ""] if problems else []
    return "\n".join(parts)


def _shape(name: str, schema: Schema) -> str:
    parts = [f"### {_called(name)} {{ #{name.lower()} }}", "", markdown(schema.get("description")), ""]
    if "enum" in schema:
        parts += ["One of " + ", ".join(code(str(value)) for value in schema["enum"]) + ".", ""]
    needed = schema.get("required", [])
    rows = [
        (code(field), _type(each), "" if field in needed else "may be left out", cell(each.get("description")))
        for field, each in schema.get("properties", {}).items()
    ]
    parts.append(table(("Field", "Type", "", ""), rows))
    return "\n".join(parts)


def _type(schema: Schema) -> str:
    """A type in words, with a link where it is a shape of this page."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{_called(name)}](#{name.lower()})"
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(each) for each in schema[several]))
    if "enum" in schema or "const" in schema:
        return " or ".join(code(str(value)) for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return "list of " + ", ".join(_type(each) for each in schema["prefixItems"])
        return "list of " + (_type(schema["items"]) if schema.get("items") else "anything")
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return "object of " + _type(schema["additionalProperties"])
    return str(schema.get("type", "anything"))


def _otherwise(schema: Schema) -> str:
    default = schema.get("default")
    return code(json.dumps(default)) if default is not None else "none"


def _called(name: str) -> str:
    """A shape's name; of two with one name FastAPI gives the module too, of which the last part is enough."""
    parts = name.split("__")
    return f"{parts[-1]} ({parts[-2]})" if len(parts) > 1 else name


def _anchor(method: str, path: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{method}{path.removeprefix(_UNDER)}".lower()).strip("-")
