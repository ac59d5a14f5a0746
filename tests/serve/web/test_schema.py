"""The API against its own OpenAPI document: made requests, among them hostile ones, meet no server error and no undocumented answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sayso.serve.desk import Desk
from sayso.serve.web.app import make_app

pytestmark = [pytest.mark.model, pytest.mark.slow]


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
HOW = settings(max_examples=5, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def test_no_request_meets_a_server_error_or_an_answer_that_is_not_documented(own_demo: Path) -> None:
    desk = Desk(str(own_demo))
    app = make_app(desk, name="demo", user="Mo", hosts=("testserver",))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    asked = []
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]
        if operation.path.endswith("/events"):
            continue  # a stream that never ends
        asked.append(operation.label)

        @HOW
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            case.call_and_validate(checks=CHECKS)

        ask()
    desk.close()
    assert len(asked) > 15
