"""A ledger for agents, over the Model Context Protocol: few tools that read, none that writes.

`tools` says what each tool takes and gives, `answers` makes what it gives from a ledger, `server` speaks the protocol. Only `server`
imports the protocol's library, which the extra ``mcp`` brings.
"""
