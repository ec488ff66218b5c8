# What users call: run, test, check, bench. Everything is installed into .venv
# from the locked requirements, with hashes.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
export PORT
export DJANGO_SETTINGS_MODULE ?= cms.settings.development

.PHONY: run test check bench pictures clean

$(VENV)/.run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/.run

run: $(VENV)/.run  ## serve the demo city with its worker on http://127.0.0.1:$(PORT)/
	$(MANAGE) serve

# On PostgreSQL: locks, triggers, constraints, search and kept pages; with REQUIRE_POSTGRES,
# as in continuous integration, everything that touches the database.
ifdef REQUIRE_POSTGRES
ON_POSTGRES := tests/accounts tests/courses tests/enrollments tests/learning_paths tests/concurrency tests/calendars tests/cms
else
ON_POSTGRES := tests/concurrency $(wildcard tests/*/test_*guards.py tests/*/test_constraints.py) tests/cms/test_page_cache.py tests/cms/test_search_backend.py
endif

test: $(VENV)/.dev  ## the whole suite on SQLite, then what the database decides on PostgreSQL
	$(BIN)/python -m pytest -n auto --dist worksteal
	$(BIN)/python -m tests.with_postgres $(BIN)/python -m pytest -n auto --dist worksteal -m "not browser" $(ON_POSTGRES)

check: $(VENV)/.dev  ## format, lint, types, layers, templates, deployment, migrations, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint cms/templates --lint --quiet
	$(BIN)/python -m pytest -q tests/architecture
	DJANGO_SETTINGS_MODULE=cms.settings.development $(MANAGE) makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=manabiba.example MANABIBA_PUBLIC_URL=https://manabiba.example MANABIBA_FROM_EMAIL=a@manabiba.example \
	DJANGO_SETTINGS_MODULE=cms.settings.production $(MANAGE) check --deploy --fail-level WARNING

DATABASE ?= postgresql
bench: $(VENV)/.dev  ## measure speed and memory beside reference pages; DATABASE=sqlite for the embedded one
	$(BIN)/python -m tests.bench $(DATABASE)

pictures: $(VENV)/.dev  ## take the pictures of docs/images anew, from a fresh demo city (needs Chromium)
	$(BIN)/python -m tests.pictures

clean:  ## remove the virtual environment and everything the site has stored
	rm -rf $(VENV) var
