# `make run` opens the samples, `make test` runs every test; both set up what they need first. `make help` lists the rest.

VENV ?= .venv
TEST_ARGS ?= --numprocesses auto --maxschedchunk 2

# The first Python that really runs, is new enough and can make virtual environments. Version managers put commands on
# the PATH that only complain when run, so being there is not enough. Looked up only when $(VENV) has to be made.
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3 python; do \
	"$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$each" && break; done)

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_READY := $(VENV)/.ready-to-run
TEST_READY := $(VENV)/.ready-to-test

.DEFAULT_GOAL := help
.PHONY: help run test lint format types docs snapshots bench clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	while IFS='|' read -r target text; do printf '%-18s%s\n' "$$target" "$$text"; done

run: $(RUN_READY)  ## open sample_incidents/ on screen
	@$(BIN)/postmortem sample_incidents

test: $(TEST_READY)  ## run every test; TEST_ARGS="tests/cli -x" goes to pytest
	@$(BIN)/python -m pytest $(TEST_ARGS)

lint: $(TEST_READY)  ## look for faults and untidy formatting, change nothing
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(TEST_READY)  ## tidy the formatting and the order of imports
	@$(BIN)/ruff check --select I --fix .
	@$(BIN)/ruff format .

types: $(TEST_READY)  ## check the types
	@$(BIN)/mypy

docs: $(TEST_READY)  ## bring the pages that are made of the program up to date: keys, checks, numbers of tests
	@$(BIN)/python docs/make_keys.py
	@$(BIN)/python docs/make_checks.py
	@$(BIN)/python docs/make_reliability.py

snapshots: $(TEST_READY)  ## draw the pictures of the screens anew; look at them before you commit them
	@$(BIN)/python -m pytest --snapshot-update tests/snapshots

bench: $(TEST_READY)  ## measure the speed as ratios, keep them in benchmarks/RESULTS.md; BENCH_ARGS="model" for a part
	@$(BIN)/python -m benchmarks --keep $(BENCH_ARGS)

clean:  ## remove the virtual environment and everything that tools have left
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis snapshot_report.html
	find schemas tui tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# `activate` is the last file that venv writes: where it is there, the environment is whole.
$(BIN)/activate:
	@if [ -z "$(PYTHON)" ]; then \
		echo "error: no Python 3.11 or newer that can make virtual environments was found." >&2; \
		echo "hint: install one (on Debian and Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi
	@echo "Making $(VENV) with $(PYTHON) …"
	@"$(PYTHON)" -m venv $(VENV)

$(RUN_READY): pyproject.toml | $(BIN)/activate
	@echo "Installing what the program needs into $(VENV) …"
	@$(PIP) install --editable .
	@touch $@

$(TEST_READY): pyproject.toml | $(BIN)/activate
	@echo "Installing what the program and its tests need into $(VENV) …"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(RUN_READY)
