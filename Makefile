# Every target makes what it needs. A bare clone on a machine with Python 3.11, pip and make is enough:
#   make demo     installs sayso, runs it on the demonstration, says where the page is
#   make test     installs the tools too, runs lint, types and tests
#
# VENV=path uses another environment, PYTHON=path another interpreter, WORKERS=n another number of test processes.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
DATA ?= ../shared/data
DEMO ?= demo
TESTS ?= tests

# The first interpreter that really runs and is new enough.
find_python = for p in python3.11 python3.12 python3.13 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$p"; break; }; done
PYTHON ?= $(shell $(find_python))

.PHONY: help
help: ## Show this list
	@echo "sayso: make <target>"
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
		printf '  %-8s %s\n' "$$name" "$$what"; done

# --- environments: a stamp file stands for "installed as pyproject.toml says" ------------------------

# Debian's python3 may come without ensurepip; then the machine's own pip fills the new environment.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Install it, or say PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }

$(VENV)/.base: pyproject.toml | $(BIN)/python
	@echo "Installing sayso into $(VENV) (a minute or two the first time)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing sayso and its tools into $(VENV) (a minute or two the first time)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.base

# --- what people run ---------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.base ## Install sayso, run it on the bundled demonstration, say where the page is
	$(BIN)/sayso demo $(DEMO)

.PHONY: lock
lock: ## Pin what CI installs, with hashes (needs uv: pip install uv)
	@for which in plain dev; do extra=; test $$which = plain || extra="--extra dev"; \
		{ echo "# Made by \`make lock\` from pyproject.toml: what CI installs on Linux with Python 3.11, each with its hashes."; \
		uv pip compile --quiet pyproject.toml $$extra --python-version 3.11 --python-platform x86_64-unknown-linux-gnu \
			--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate; } \
			> requirements/$$which.txt.new && mv requirements/$$which.txt.new requirements/$$which.txt; done

.PHONY: test
test: lint types ## Install the tools, run lint, types and all tests
	@$(MAKE) --no-print-directory chromium
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(TESTS)

.PHONY: lint
lint: $(VENV)/.dev ## Check style and formatting with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.dev ## Check types with mypy --strict
	$(BIN)/mypy

.PHONY: format
format: $(VENV)/.dev ## Format, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev ## Measure speed and the long run on real data (DATA=folder)
	$(BIN)/python benchmarks/speed.py --data $(DATA)
	$(BIN)/python benchmarks/timeline17.py --data $(DATA) --event haiti_bbc --out build/timeline17

.PHONY: docs
docs: $(VENV)/.dev ## Build the documentation into build/site, with what its commands really print
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "Open build/site/index.html; to search it, serve it: $(BIN)/python -m http.server -d build/site"

.PHONY: images
images: $(VENV)/.dev ## Make the pictures of the README and the documentation again
	$(BIN)/python docs/make_images.py

.PHONY: wheel
wheel: $(VENV)/.dev ## Build the wheel and the source archive into dist/
	rm -rf dist
	$(BIN)/python -m build --outdir dist

.PHONY: clean
clean: ## Remove everything that was made here
	rm -rf $(VENV) dist build demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests benchmarks docs examples training -name __pycache__ -type d -prune -exec rm -rf {} +

# Not for people: the browser tests use Debian's Chromium. Without it, and without the right to install it, they
# skip and say so.
.PHONY: chromium
chromium:
	@command -v chromium >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing chromium for the browser tests"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
			|| echo "chromium could not be installed: the browser tests will skip"; \
	else \
		echo "No chromium here, and no right to install it: the browser tests will skip"; \
	fi
