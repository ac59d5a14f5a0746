"""What every address of the API may answer instead, as problem+json (RFC 9457), documented once."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic.dataclasses import dataclass
from starlette.responses import JSONResponse, Response


@dataclass(frozen=True)
class ProblemDetails:
    """``title`` says what went wrong, ``instance`` in which input or place, ``detail`` what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str


_WORDS = {
    400: "What was asked for makes no sense; the problem says which part.",
    401: "Nobody is logged in, and this desk wants that.",
    403: "Whoever is logged in may not do this, or the request came from another site.",
    404: "There is no such record, or not at that time.",
    413: "The request is too large.",
    422: "A part of the request is missing or of another kind.",
    503: "Another process is writing to the ledger, or too many wait to: ask again after Retry-After.",
    507: "The disk of the ledger is full: nothing was written.",
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
    }
    for status, words in _WORDS.items()
}
"""For ``responses`` of a route or router."""


def document_problems(spec: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document with the shape of problems in it; FastAPI's own shape of what does not validate is not answered."""
    from pydantic import TypeAdapter

    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemDetails"] = TypeAdapter(ProblemDetails).json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path in spec.get("paths", {}).values():
        for operation in path.values():
            if isinstance(operation, dict) and "422" in operation.get("responses", {}):
                operation["responses"]["422"] = RESPONSES[422]
    return spec


def invalid(_: Request, error: Exception) -> Response:
    """422: which part of the request does not fit, and why."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first.get("loc", ()))
    body = {
        "type": "about:blank",
        "title": "a part of the request does not fit",
        "status": 422,
        "detail": str(first.get("msg", "")),
        "instance": where,
    }
    return JSONResponse(body, 422, media_type="application/problem+json")
