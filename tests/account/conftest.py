"""The bridge incident for every test of this folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.account.bridge_incident import Incident


def _load() -> ModuleType:
    """The factory as a module; test folders are no packages, so it is loaded by its place."""
    name = "sayso_tests_bridge_incident"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("bridge_incident.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The factory module itself: `report`, `cite`, `line`, `many`."""
    return _load()


@pytest.fixture(scope="session")
def bridge() -> Incident:
    incident: Incident = _load().bridge()
    return incident


@pytest.fixture(scope="session")
def hostile() -> Incident:
    incident: Incident = _load().hostile()
    return incident
