"""The web app: pages from `sayso.serve.pages`, rendered as HTML that needs no script, with small scripts of our own on top."""
