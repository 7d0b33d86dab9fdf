# One command each: `make run`, `make test`, `make check`; each sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed

.PHONY: help setup run test test-slow check docs scores datasette clean

help:
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

$(DONE): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $(DONE)

setup: $(DONE) ## make the virtual environment

run: $(DONE) ## extract the agreements of the sample dump into data/processed/
	$(BIN)/sepaham extract data/raw -o data/processed

test: $(DONE) ## run all tests
	$(BIN)/pytest -n auto -m "not slow"

test-slow: $(DONE) ## the full sweeps too
	$(BIN)/pytest -n auto

check: $(DONE) ## style, types, import directions, sizes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/sizes.py

docs: $(DONE) ## regenerate the generated pages
	$(BIN)/python -m sepaham.tables.dictionary > docs/data-dictionary.md
	$(BIN)/python tests/dates/phrase_data.py
	$(BIN)/python tests/amounts/test_phrases.py

scores: $(DONE) ## measure on gold and write docs/scores.md
	$(BIN)/python -m sepaham.evaluation.page > docs/scores.md.new
	mv docs/scores.md.new docs/scores.md
	$(BIN)/python data/build_indomou.py --baselines

datasette: run ## show the agreements of the sample dump in a browser, with search
	$(BIN)/sepaham export data/processed --format sqlite
	$(BIN)/python -m pip install --quiet 'datasette>=0.65,<1'
	$(BIN)/datasette data/processed/sepaham.sqlite --metadata data/processed/datasette.json --setting truncate_cells_html 160 --open

clean: ## remove the virtual environment and the output
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find data/processed -type f ! -name README.md -delete
