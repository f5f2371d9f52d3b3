# The handles of the portal; `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
PORT ?= 8000
export PORT

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# What `make serve` chooses where the environment says nothing: this machine, by http.
BASE_URL ?= http://localhost:$(PORT)
ALLOWED_HOSTS ?= localhost,127.0.0.1,[::1]
export BASE_URL ALLOWED_HOSTS

.PHONY: help serve dev test lint lock frontend bench clean

help: ## List the handles
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/base.stamp var/secret-key var/static.stamp ## The portal as visitors get it, on PORT (8000)
	@exec env SECRET_KEY_FILE=var/secret-key DJANGO_SETTINGS_MODULE=portal.settings.production sh bin/serve

dev: $(VENV)/dev.stamp | var ## The same with reload, debug pages and the toolbar
	@$(BIN)/python manage.py prepare
	@$(BIN)/python manage.py runserver $(PORT)

test: $(VENV)/dev.stamp | var ## The whole test suite (DATABASE_URL names another database than SQLite)
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev.stamp ## Linters and Django's checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --quiet --check templates
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/python manage.py check --fail-level WARNING
	@! grep -nE '://|--(index|extra-index|find-links|trusted)' requirements/*.txt

lock: $(VENV)/dev.stamp ## Lock requirements/ anew from pyproject.toml
	@sh bin/lock

frontend: ## Rebuild css, js and icons (needs Node.js 20)
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --silent && node build.mjs

bench: $(VENV)/dev.stamp ## Speed and growth, as ratios (needs wrk)
	@$(BIN)/python bench/run.py $(ARGS)

clean: ## Remove what the handles made, content included
	rm -rf $(VENV) var frontend/node_modules

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed; PYTHON=/path/to/python names it." >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, $$($(PYTHON) -V) was found; PYTHON=/path/to/python names another." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is needed (Debian: apt install python3-venv)." >&2; exit 2; }

$(VENV)/base.stamp: requirements/base.txt | $(VENV)/bin/python
	@echo "Installing what the portal needs …"
	@$(PIP_INSTALL) -r $<
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing what developers need …"
	@$(PIP_INSTALL) -r $<
	@touch $@ $(VENV)/base.stamp

var:
	@mkdir -p var

var/secret-key: | var $(VENV)/base.stamp
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))' > $@

# Only when a file changed: compressing them all takes a while.
var/static.stamp: $(VENV)/base.stamp $(shell find static -type f) | var/secret-key
	@echo "Collecting and compressing static files …"
	@SECRET_KEY_FILE=var/secret-key DJANGO_SETTINGS_MODULE=portal.settings.production $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
