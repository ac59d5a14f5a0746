"""Coastlines and borders for the map of a story, out of a package that the extra `maps` brings; nothing is ever fetched.

The shapes are those of Natural Earth at 1:10 million (public domain), as `geo-intel-offline` (MIT) ships them. Without that package
a map has no coastlines, and everything else.
"""
