# Everything a contributor types. Setting up is part of it: needed are git, make and Python 3.11, nothing else.
# Once set up, nothing here uses the network but `make lock`, until a lock changes.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Any Python from 3.11 on; name another with `make run PYTHON=/path/to/python`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := .venv/bin/uv
export UV_NO_PROGRESS := 1
# Compiling what is imported takes longer than all the rest of a start: it is done once, and kept.
unexport PYTHONDONTWRITEBYTECODE

# The web interface, built into the package, and what it is built from. Both files note what they were made of.
INTERFACE := src/daybreak/ui/dist/.sources
NODE_PACKAGES := web/node_modules/.sources
WEB := $(shell find web -name node_modules -prune -o -print)
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm

# ---------------------------------------------------------------- daily

# Made-up people use flags of a made-up project.
demo ?= --demo

.PHONY: run
run: $(INTERFACE) .venv/.ready-run  ## set up, import this checkout's own history, serve it with a demo (demo= without)
	.venv/bin/daybreak migrate
	@if git rev-parse --quiet --verify HEAD >/dev/null; then \
	    .venv/bin/daybreak import git . --project daybreak --environment production \
	        --application daybreak --every-commit; \
	else \
	    echo "This folder has no git history: nothing to import."; \
	fi
	@exec .venv/bin/daybreak serve $(demo)

.PHONY: test
test: $(INTERFACE) $(NODE_PACKAGES) .venv/.ready-node  ## set up, run every test on SQLite and PostgreSQL (only="-k name" chooses)
	@.venv/bin/python scripts/find_browser.py >/dev/null
	.venv/bin/python -m pytest -n 2 --dist worksteal $(only)

.PHONY: check
check: .venv/.ready-dev $(NODE_PACKAGES)  ## formatting, lint, types, import contracts, architecture: under a minute
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports --config .importlinter
	.venv/bin/python -m pytest tests/architecture
	cd web && $(NPM) run --silent check && $(NPM) test --silent

.PHONY: format
format: .venv/.ready-dev $(NODE_PACKAGES)  ## put the code into the shape that check asks for
	.venv/bin/ruff format
	.venv/bin/ruff check --fix
	cd web && $(NPM) run --silent format

.PHONY: coverage
coverage: .venv/.ready-dev  ## how much of the contract is implemented, by group
	.venv/bin/python tests/contract/coverage.py

.PHONY: bench
bench: $(INTERFACE) .venv/.ready-bench  ## measure, and write docs/benchmarks.md (only="--unleash" chooses)
	PYTHONPATH=tests .venv/bin/python -m bench $(only)

.PHONY: soak
soak: $(INTERFACE) .venv/.ready-bench  ## 55 minutes under load: no error, flat memory; into docs/benchmarks.md, too
	PYTHONPATH=tests .venv/bin/python -m bench --soak

.PHONY: actions
actions: .venv/.ready-dev  ## write docs/actions.md: what must be allowed for each operation
	.venv/bin/python scripts/table_of_actions.py > docs/actions.md

.PHONY: types
types: .venv/.ready-dev $(NODE_PACKAGES)  ## write web/src/api/generated.d.ts: the API as the interface sees it
	@.venv/bin/python scripts/openapi_document.py > web/node_modules/.openapi.json
	cd web && $(NPM) run --silent types -- node_modules/.openapi.json

.PHONY: screenshots
screenshots: .venv/.ready-dev  ## write docs/screens: each page of the interface, in both themes
	PYTHONPATH=tests:. .venv/bin/python scripts/screenshots.py docs/screens

.PHONY: migrate
migrate: .venv/.ready-dev  ## draft a migration from the tables: make migrate message="what changes"
	@test -n "$(message)" || { echo 'Say what changes: make migrate message="add tags to flags"' >&2; exit 2; }
	.venv/bin/python scripts/new_migration.py "$(message)"

# ---------------------------------------------------------------- set-up

# Each stamp is younger than what it was made from, so a second run finds nothing to do.
# `sync` also removes what a lock no longer names: nobody tests against a leftover.

.PHONY: lock
lock: .venv/.ready-setup  ## resolve the newest versions into requirements/*.txt
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    requirements/setup.in -o requirements/setup.txt
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    pyproject.toml -o requirements/run.txt
	$(UV) pip compile -q --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --constraint requirements/setup.txt --constraint requirements/run.txt \
	    pyproject.toml --group dev -o requirements/dev.txt

.venv/.ready-setup: requirements/setup.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Daybreak needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "Setting up .venv (once)"
	@$(PYTHON) -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/setup.txt
	@touch $@

.venv/.ready-run: .venv/.ready-setup requirements/run.txt pyproject.toml
	@rm -f .venv/.ready-dev
	@$(UV) pip sync --quiet --require-hashes requirements/setup.txt requirements/run.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What the tests need includes what the server needs: both are ready.
.venv/.ready-dev: .venv/.ready-setup requirements/dev.txt pyproject.toml
	@$(UV) pip sync --quiet --require-hashes requirements/setup.txt requirements/dev.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch .venv/.ready-run $@

$(INTERFACE): $(WEB) hatch_build.py | .venv/.ready-setup
	@.venv/bin/python hatch_build.py
	@touch $@

$(NODE_PACKAGES): web/package.json web/package-lock.json | .venv/.ready-setup
	@.venv/bin/python hatch_build.py packages
	@touch $@

# What tests run in Node: the vendor's JavaScript SDKs, and a provider of OpenID Connect. The npm and the Node are the environment's own.
.venv/.ready-node: .venv/.ready-dev tests/node/package-lock.json
	@cd tests/node && "$(CURDIR)/.venv/bin/npm" ci --silent
	@touch $@

# What the bench compares with.
.venv/.ready-bench: .venv/.ready-dev bench/node/package-lock.json
	@cd bench/node && "$(CURDIR)/.venv/bin/npm" ci --silent
	@touch $@

.PHONY: help
help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
