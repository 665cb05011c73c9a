# `make run` and `make test` are the two to know. Everything a machine needs is installed from here.
SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: setup dev run test prove test-sqlite test-postgres check fix bench lock messages assets docs clean
.DEFAULT_GOAL := run

# --- setting up ---------------------------------------------------------------------------------------------
.venv/pyvenv.cfg:
	$(PYTHON) -m venv .venv || (sh deploy/debian.sh python3-venv && $(PYTHON) -m venv --clear .venv)

.venv/.base: requirements/base.txt pyproject.toml | .venv/pyvenv.cfg
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -qq config tsunagari .venv/lib || true
	touch $@

.venv/.dev: requirements/dev.txt .venv/.base
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

PO := $(wildcard tsunagari/locale/*/LC_MESSAGES/django.po)
.venv/.messages: .venv/.base $(PO)
	$(BIN)/python -m tsunagari.ui.messages --compile
	touch $@

setup: .venv/.base .venv/.messages

dev: setup .venv/.dev

# --- running -------------------------------------------------------------------------------------------------
run: setup
	$(BIN)/tsunagari up

# --- testing: real PostgreSQL, Redis and browser from Debian's packages ---------------------------------------
test: dev
	sh deploy/debian.sh chromium postgresql redis-server fonts-noto-cjk
	$(BIN)/python tests/servers.py sqlite postgres

# The proofs of issue 3 at their full sizes: 2,000 random towns of 50 steps, 300 kills under 50 writers. An hour or two.
prove: dev
	sh deploy/debian.sh postgresql redis-server
	PROVE=1 $(BIN)/python tests/servers.py sqlite postgres -- -s tests/referrals/proofs $(ARGS)

test-sqlite: dev
	$(BIN)/python tests/servers.py sqlite -- $(ARGS)

test-postgres: dev
	$(BIN)/python tests/servers.py postgres -- $(ARGS)

# --- looking after the code -----------------------------------------------------------------------------------
check: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint tsunagari
	$(BIN)/tsunagari manage makemigrations --check --dry-run
	$(BIN)/python -m tsunagari.kernel.registers --check

fix: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/python -m tsunagari.kernel.registers

docs: dev
	$(BIN)/python -m tsunagari.kernel.registers

messages: dev
	$(BIN)/python -m tsunagari.ui.messages

assets:
	sh frontend/build.sh

lock:
	for f in base dev bench; do uv pip compile -q --generate-hashes --no-emit-index-url --no-header --upgrade \
	  requirements/$$f.in -o requirements/$$f.txt; done

bench: dev
	sh deploy/debian.sh wrk postgresql groonga
	sh bench/run.sh

clean:
	rm -rf .venv static-collected data .mypy_cache .ruff_cache .pytest_cache
