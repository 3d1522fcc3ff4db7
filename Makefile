# Two commands are enough: `make demo` shows poyta at work, `make test` runs every test. Both set themselves up.

PYTHON ?= python3
BIN := .venv/bin
TIMES ?= 10
READY := .venv/.ready

.PHONY: help demo test torture lint format docs bench clean
help:    ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(READY): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)    ## the main job: a theme from proposal to results, in a temporary database
	@$(BIN)/poyta demo

test: $(READY)    ## every test, on SQLite and on a real PostgreSQL
	$(BIN)/python -m pytest -n auto --dist worksteal

torture: $(READY)    ## every harness at ten times its size (TIMES=10); its figures come into docs/reliability.md
	$(BIN)/python -m scripts.reliability --size $(TIMES)
	$(BIN)/python -m scripts.docs

lint: $(READY)    ## style, types, the one way of imports, and generated files that are current
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m scripts.docs --check
	$(BIN)/python -m scripts.catalogues --check

format: $(READY)    ## put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(READY)    ## make the generated pages, catalogues, rule books and golden database anew
	$(BIN)/python -m scripts.catalogues
	$(BIN)/python -m scripts.rulebooks
	$(BIN)/python -m scripts.golden
	$(BIN)/python -m scripts.docs

bench: $(READY)    ## how fast it is, as ratios measured in one run
	$(BIN)/python -m benchmarks.run

clean:    ## remove the environment
	rm -rf .venv
