# Two commands are all a new machine needs: `make run` and `make test`.  Both install what they need.
# Works with GNU make 3.81 (macOS) and later.

PYTHON ?= python3
PORT ?= 8000
MARKED ?= not slow
# Test processes; each takes over what another has left. PARALLEL= runs the tests in one.
PARALLEL ?= -n logical --maxprocesses 4 --dist worksteal
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input
PEERS := .venv-peers
LOCKS := requirements-torch.lock requirements.lock

# A question may hold quotes, blanks, ? and $: it reaches the program through the environment, untouched by make and sh.
export ASKED := $(value Q)
unexport Q

.PHONY: help run ask test check eval peers attack attack-llm load soak pictures bench golden mutations docs lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run          build the index when it is stale, then serve on http://127.0.0.1:$(PORT) (PORT=9000 overrides)"
	@echo "make ask Q='…'    answer one question"
	@echo "make test         run all tests"
	@echo "make check        formatting, lint, types, layers, sizes"
	@echo "make eval         ask the questions of eval/cases, hold the accepted scores, write the report to eval/out"
	@echo "make peers        find the evidence of the questions with what people would use instead"
	@echo "make attack       falsify 10,000 drafts of answers and see what the guard lets through"
	@echo "make attack-llm   let a language model lie 10,000 times and see what leaves; true replies, injections, faults"
	@echo "make load         many streams at once, index swaps, clients that break off, next to a bare route"
	@echo "make soak         the long forms of the tests of hostile input"
	@echo "make pictures     take the screenshots of docs/pictures"
	@echo "make bench        measure speed"
	@echo "make golden       score the facts against tables made by reading"
	@echo "make mutations    misprint the corpus 500 times and read it again"
	@echo "make docs         refresh the parts of the READMEs that the program prints"
	@echo "make lock         renew the lock files from pyproject.toml"
	@echo "make clean        remove the environment, the caches and the index"

run: $(VENV)/.runtime
	@$(BIN)/assistant build --if-stale
	@ASSISTANT_PORT='$(PORT)' $(BIN)/assistant serve

ask: $(VENV)/.runtime
	@test -n "$$ASKED" || { echo "Name a question: make ask Q='事業承継で使える補助率は?'" >&2; exit 2; }
	@$(BIN)/assistant build --if-stale >&2
	@$(BIN)/assistant ask -- "$$ASKED"

test: $(VENV)/.dev
	@sh tools/browser.sh $(BIN)/python
	@$(BIN)/python -m pytest $(PARALLEL) -m '$(MARKED)' $(ARGS)

check: $(VENV)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python tools/sizes.py

# The questions about the corpus, then those about documents of other offices that the assistant is not made for.
OTHERS := eval/cases/others
eval: $(VENV)/.dev
	@$(BIN)/python -m eval $(or $(ARGS),--gate)
	@$(if $(ARGS),:,$(BIN)/python -m eval --gate --corpus tests/samples --cases $(OTHERS) \
	  --baseline $(OTHERS)/baseline.json --results eval/OTHERS.md --out eval/out/others)

attack: $(VENV)/.dev
	@$(BIN)/python -m eval.attack $(ARGS)

attack-llm: $(VENV)/.dev
	@$(BIN)/python -m eval.leash $(ARGS)

peers: $(PEERS)/.done
	@$(PEERS)/bin/python -m eval.peers --results eval/PEERS.md $(ARGS)

load: $(VENV)/.dev
	@$(BIN)/assistant build --if-stale >&2
	@$(BIN)/python -m eval.load --results eval/LOAD.md $(ARGS)

soak: $(VENV)/.dev
	@$(BIN)/assistant build --if-stale >&2
	@sh tools/browser.sh $(BIN)/python
	@$(BIN)/python -m eval.hostile $(ARGS)
	@$(BIN)/python -m pytest -m slow
	@SOAK=1 $(BIN)/python -m pytest --timeout 3600 tests/api/gate/test_mutated.py tests/web/test_hostile_text.py

pictures: $(VENV)/.dev
	@$(BIN)/assistant build --if-stale >&2
	@sh tools/browser.sh $(BIN)/python
	@$(BIN)/python -m tools.pictures

bench: $(VENV)/.dev
	@$(BIN)/python -m eval.bench $(ARGS)
	@$(BIN)/python -m eval.bench.growth

golden: $(VENV)/.dev
	@$(BIN)/python -m eval.golden $(ARGS)

mutations: $(VENV)/.dev
	@$(BIN)/python -m eval.mutations $(ARGS)

docs: $(VENV)/.runtime
	@$(BIN)/assistant build --if-stale >&2
	@$(BIN)/python tools/readme.py

lock: $(VENV)/.runtime
	@$(BIN)/python tools/lock.py

clean:
	@rm -rf $(VENV) $(PEERS) eval/out build src/*.egg-info *.egg-info
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .benchmarks
	@rm -rf index/builds index/CURRENT index/.lock
	@find src api eval tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

# ---- the environment: a stamp for each step, so that a second run starts at once

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed: install it, or name it, such as: make run PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null || { rm -rf $(VENV); \
	  echo "No virtual environment could be made; on Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }

$(VENV)/.runtime: $(LOCKS) pyproject.toml | $(BIN)/python
	@echo "Installing the program (a few minutes the first time) …" >&2
	@$(PIP) install -r requirements-torch.lock
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing what the tests need …" >&2
	@$(PIP) install -r requirements-dev.lock
	@touch $@

# The peers have an environment of their own: they bring many packages that nothing else here needs.
$(PEERS)/.done: $(LOCKS) requirements-peers.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the comparison needs (a few minutes the first time) …" >&2
	@$(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input install -r requirements-torch.lock
	@$(PEERS)/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input install -r requirements-peers.lock
	@$(PEERS)/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input install --no-deps --editable .
	@touch $@
