# make demo   sets everything up on a fresh Debian or Ubuntu machine and runs the main job on samples/
# make test   sets up the same and runs all tests
# make soak   runs what takes minutes each: kills and faults at length
# make bench  sets up the same and measures accuracy, calibration, speed, memory and the name check: docs/reference/benchmarks.md, name_check.md
# make setup  what both begin with; leaves the program at .venv/bin/zeromeet

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASES ?= 40
# Tests that hold something to seconds have both cores to themselves.
BY_THE_CLOCK := tests/hostile tests/bot/engine
export PYTHONUTF8 := 1

.PHONY: demo test soak bench setup setup-dev lint clean

demo: setup
	@$(BIN)/zeromeet demo

test: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest --numprocesses 2 --dist loadfile $(addprefix --ignore ,$(BY_THE_CLOCK))
	@$(BIN)/pytest $(BY_THE_CLOCK)

soak: setup-dev
	@$(BIN)/pytest -m soak

bench: setup-dev
	@$(BIN)/python -m tests.bench --cases $(CASES)
	@$(BIN)/python -m tests.bench.names --out docs/reference/name_check.md

lint: setup-dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/mypy

setup: $(VENV)/.ready
	@sh .ci/setup.sh browser

setup-dev: $(VENV)/.ready-dev
	@sh .ci/setup.sh browser
	@sh .ci/setup.sh fonts
	@sh .ci/setup.sh postgres

$(VENV)/.ready: requirements/run.txt requirements/models.txt pyproject.toml .ci/setup.sh
	@sh .ci/setup.sh python run
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements/dev.txt
	@sh .ci/setup.sh python dev
	@touch $@

clean:
	rm -rf $(VENV) build out *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
