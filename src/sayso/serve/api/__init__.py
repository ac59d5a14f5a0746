"""The HTTP API: the contexts of the pages as JSON, under ``/api/v1``."""
