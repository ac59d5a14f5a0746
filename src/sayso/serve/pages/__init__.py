"""What each page shows, as plain values: one documented context per page, which HTML and JSON both render.

Every context is a frozen dataclass made from a `View` (one story at one moment) by a function of the same name; templates
(`sayso.serve.web`) and the HTTP API (`sayso.serve.api`) are given nothing else.
"""
