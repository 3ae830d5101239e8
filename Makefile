# make is the one truth: README, CI and pre-commit call these targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PYTHONUTF8 := 1

.PHONY: help run test cover check fmt golden e2e bench fuzz lock shots
help:  ## list what can be made
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	touch $(STAMP)

run: $(STAMP)  ## install what is needed and open the app
	$(BIN)/streamlit run app.py

test: $(STAMP)  ## every test, browser tests included
	$(BIN)/python -m tests.tools
	$(BIN)/python -m pytest -n 2 --dist loadfile

cover: $(STAMP)  ## which branches of kpi no test takes; measuring doubles the time, so the browser tests are left out
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not bench and not e2e" --cov --cov-report=
	$(BIN)/python -m coverage report --skip-covered --fail-under=95
	$(BIN)/python -m coverage report --skip-covered --fail-under=100 \
	  --include='kpi/metrics/*,kpi/judge/*,kpi/facts/*,kpi/ingest/cells.py'

check: $(STAMP)  ## style, types, floors, catalogue, texts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kpi lint

fmt: $(STAMP)  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(STAMP)  ## rewrite the golden files; read the diff afterwards
	$(BIN)/python -m pytest tests/golden --golden

e2e: $(STAMP)  ## only the browser tests
	$(BIN)/python -m tests.tools
	$(BIN)/python -m pytest tests/e2e

bench: $(STAMP)  ## speed, as ratios in one run
	$(BIN)/python -m pytest tests/bench -m bench --benchmark-enable -s -p no:randomly

fuzz: $(STAMP)  ## twenty thousand spoilt files, a few minutes
	$(BIN)/python -m tests.hostile.fuzz 20000

shots: $(STAMP)  ## a picture of every screen: desktop and phone, light and dark, ru and en
	$(BIN)/python -m tests.e2e.shots

lock: $(STAMP)  ## settle exact versions for every platform
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock
