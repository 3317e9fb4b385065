# Every command of the project; `make` alone lists them.
SHELL := /bin/bash
PYTHON := .venv/bin/python
PYTEST_ARGS ?= -n 2 --dist loadfile
NAME ?=

.DEFAULT_GOAL := help
.PHONY: help run test lint format benchmark prove faults screenshots deb lock

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 22

run: ## open Onestop in practice mode with simulated devices (a demonstration where there is no screen)
	@installer/bootstrap run
	@.venv/bin/onestop run --practice

test: ## run the tests
	@installer/bootstrap dev
	$(PYTHON) -m pytest -m "not hardware and not long" $(PYTEST_ARGS)

lint: ## check style, types and the walls between rooms
	@installer/bootstrap dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-logo

format: ## put the sources into the house style
	@installer/bootstrap dev
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

benchmark: ## measure against a reference: make benchmark NAME=append (without NAME: list)
	@installer/bootstrap dev
	@$(if $(NAME),$(PYTHON) -m tests.benchmark.$(NAME),ls tests/benchmark 2>/dev/null | sed -n 's/^\([a-z][a-z_]*\)\.py$$/\1/p')

prove: ## a long proof, its log kept in out/prove: make prove NAME=fold (without NAME: list)
	@installer/bootstrap dev
	@mkdir -p out/prove
	@$(if $(NAME),set -o pipefail; $(PYTHON) -m pytest -m long -k $(NAME) -s --timeout 0 | tee out/prove/$(NAME).log,$(PYTHON) -m pytest -m long --collect-only -q || [ $$? = 5 ])

faults: ## only the tests that kill, fill or cut something
	@installer/bootstrap dev
	$(PYTHON) -m pytest -m faults

screenshots: ## draw the screens without a display into docs/screenshots
	@installer/bootstrap run
	@QT_QPA_PLATFORM=offscreen .venv/bin/onestop screenshots --out docs/screenshots

deb: ## build the Debian package into dist/
	@installer/bootstrap run
	@installer/make_deb dist

lock: ## resolve requirements/*.in again for Python 3.11 and 3.13
	@installer/lock
