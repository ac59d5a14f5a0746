"""serve: how people and machines reach a ledger. Calls the ledger, the renderers and the shapes, nothing below."""
