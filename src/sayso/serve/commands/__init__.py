"""The commands of `sayso`, one module for each family. `sayso.serve.cli` lists them."""
