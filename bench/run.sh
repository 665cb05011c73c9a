#!/bin/sh
# Called by `make bench`: the peers get an environment of their own, so that ours stays as the town runs it.
set -eu
cd "$(dirname "$0")/.."
if [ ! -x .bench-venv/bin/datasette ]; then
  .venv/bin/python -m venv .bench-venv
  .bench-venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bench.txt
fi
exec .venv/bin/python bench/run.py "$@"
