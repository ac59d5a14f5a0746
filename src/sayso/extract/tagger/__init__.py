"""tagger: who says what, read by a trained network instead of by rules. The weights are in `data/`; how they were made is in
`training/attribution/`. `finding` tells the story."""

from __future__ import annotations

from sayso.extract.tagger.finding import Attribution, find, find_many
from sayso.extract.tagger.network import Network, load_network

__all__ = ["Attribution", "Network", "find", "find_many", "load_network"]
