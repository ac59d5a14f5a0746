"""Ingest: places -> reports, kept as captured. `read_sources` tells the story; `readers` holds the formats."""

from sayso.ingest.options import IngestOptions
from sayso.ingest.sources import read_fetched, read_sources, read_upload

__all__ = ["IngestOptions", "read_fetched", "read_sources", "read_upload"]
