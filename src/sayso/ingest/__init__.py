"""Ingest: places -> reports, kept as captured. `read_sources` tells the story; `readers` holds the formats; `split` cuts places into
shards, which several workers read as one would read the whole."""

from sayso.ingest.options import IngestOptions
from sayso.ingest.shards import Shard
from sayso.ingest.sources import read_fetched, read_sources, read_upload
from sayso.ingest.splitting import split

__all__ = ["IngestOptions", "Shard", "read_fetched", "read_sources", "read_upload", "split"]
