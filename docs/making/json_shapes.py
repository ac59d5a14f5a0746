"""The page of the JSON shapes, from the schemas that the package carries."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from making.prose import cell, code, table

Schema = dict[str, Any]

_COMMON = "common.schema.json"


def schemas() -> dict[str, str]:
    """The schemas by the name of their file, as they are."""
    found = sorted(files("sayso").joinpath("schemas").iterdir(), key=lambda each: each.name)
    return {each.name: each.read_text("utf-8") for each in found if each.name.endswith(".json")}


def page() -> str:
    """A table for every schema; what several have in common stands once, at the end."""
    parts = [_OPENING]
    read: dict[str, Schema] = {name: json.loads(text) for name, text in schemas().items()}
    for name, schema in read.items():
        if name != _COMMON:
            parts += [_one(schema, f"## {_key(name)}", name)]
            parts += [_one(each, f"### {key}", name) for key, each in schema.get("$defs", {}).items()]
    parts += ["## In common", ""]
    parts += [_one(each, f"### {key} {{ #common-{key} }}", _COMMON) for key, each in read[_COMMON]["$defs"].items()]
    return "\n".join(parts) + "\n"


_OPENING = """# JSON shapes

Every shape that a command prints has a JSON Schema (2020-12), which comes with the package in `src/sayso/schemas/`; every writer is
tested against it. [What the fields mean](../formats.md), in words. All objects are closed: no field but those told here. All fields are
there, `null` where nothing is known, unless it says otherwise.
"""


def _one(schema: Schema, heading: str, name: str) -> str:
    parts = [heading, ""]
    words = " ".join(filter(None, [_sentence(schema.get("title")), _sentence(schema.get("description"))]))
    parts += [words, ""] if words else []
    if not heading.startswith("###"):
        parts += [f"[The schema](schemas/{name})", ""]
    rows = _rows(schema, "", name)
    if rows:
        parts.append(table(("Field", "Type", ""), rows))
    else:
        parts += [f"{_type(schema, name)}.", ""]
    return "\n".join(parts)


def _rows(schema: Schema, prefix: str, name: str) -> list[tuple[str, ...]]:
    """The fields of an object, those of objects and lists within it under their whole path."""
    rows: list[tuple[str, ...]] = []
    needed = schema.get("required", [])
    for field, each in schema.get("properties", {}).items():
        path = prefix + field
        left_out = "" if field in needed else "may be left out"
        words = ". ".join(filter(None, [cell(each.get("description")).rstrip("."), left_out]))
        rows.append((code(path), _type(each, name), words))
        inner, end = (each["items"], "[].") if isinstance(each.get("items"), dict) else (each, ".")
        for one in [inner, *inner.get("oneOf", [])]:
            rows += _rows(one, path + end, name)
    return rows


def _type(schema: Schema, name: str) -> str:
    if "$ref" in schema:
        return _reference(schema["$ref"], name)
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(_type(each, name) for each in schema[several]))
    if "enum" in schema:
        return ", ".join(code("null" if value is None else str(value)) for value in schema["enum"])
    if "prefixItems" in schema:
        return "list of " + ", ".join(_type(each, name) for each in schema["prefixItems"])
    kind = schema.get("type", "object" if "properties" in schema else "anything")
    if kind == "array":
        return "list of " + (_type(schema["items"], name) if schema.get("items") else "anything")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    if "minimum" in schema and "maximum" in schema:
        words += f", {schema['minimum']} to {schema['maximum']}"
    return words


def _reference(target: str, name: str) -> str:
    file, _, path = target.partition("#")
    file = file or name
    key = path.rsplit("/", 1)[-1]
    if not key:
        return f"[{_key(file)}](#{_key(file)})"
    return f"[{key}](#common-{key})" if file == _COMMON else f"[{key}](#{key})"


def _key(name: str) -> str:
    return name.removesuffix(".schema.json")


def _sentence(words: str | None) -> str:
    return f"{cell(words).rstrip('.')}." if words else ""
