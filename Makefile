# make demo · make test · make bench · make check: each installs what it needs.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test bench check extract venv dev translations servers clean

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --no-compile
# A stamp named after what is pinned: nothing is installed twice, and a changed pin is noticed.
RUNTIME := $(VENV)/.runtime-$(shell cat requirements.txt | sha256sum | cut -c1-16)
TESTS := $(VENV)/.tests-$(shell cat requirements.txt requirements-dev.txt | sha256sum | cut -c1-16)
# Their hash is checked at every load, so here it is enough that they are there.
HAVE_WEIGHTS := test -s "$${HEARD_WEIGHTS:-instance/e5-small-q4.bin}"
# Docker images often set it; each of the tests' many processes would then compile every module anew.
unexport PYTHONDONTWRITEBYTECODE
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)

help:
	@echo "make demo    a site with invented answers on http://127.0.0.1:8000 (HOST, PORT change it)"
	@echo "make test    every test, fast ones first"
	@echo "make bench   how fast, how safe when killed, how heavy"
	@echo "make check   style, types, translations"

demo: $(RUNTIME) translations
	@$(HAVE_WEIGHTS) || $(PY) -m analysis weights || echo "Going on without the weights: the report will be rougher, and says so."
	@HEARD_DEMO=1 exec $(PY) -m feedback.demo

test: $(TESTS) translations servers
	@$(HAVE_WEIGHTS) || $(PY) -m analysis weights
	$(PY) -m pytest --numprocesses 3 --maxschedchunk 1  # one by one, so that tests/conftest.py decides the order

bench: $(TESTS) translations servers
	@$(HAVE_WEIGHTS) || $(PY) -m analysis weights
	$(PY) -m tests.bench

check: $(TESTS) translations
	$(PY) -m ruff check
	$(PY) -m mypy
	$(PY) -m pytest tests/test_translations.py tests/test_architecture.py

venv: $(RUNTIME)
dev: $(TESTS)

$(PY):
	@python=$$(for each in python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$each"; break; fi; \
	done); \
	if [ -z "$$python" ]; then echo "Heard needs Python 3.11 or newer: apt-get install python3 python3-venv"; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
		version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "This Python can't make a virtual environment. Install: apt-get install python$$version-venv"; exit 1; fi; \
	"$$python" -m venv $(VENV)

$(RUNTIME): | $(PY)
	@echo "Installing what is pinned in requirements.txt"
	@$(PIP) -r requirements.txt
	@rm -f $(VENV)/.runtime-* && touch $@
	@nice $(PY) -m compileall -qq -j 0 $(VENV)/lib >/dev/null 2>&1 &  # so that the first start is quick; nobody waits

$(TESTS): $(RUNTIME)
	@echo "Installing what is pinned in requirements-dev.txt"
	@$(PIP) -r requirements-dev.txt
	@rm -f $(VENV)/.tests-* && touch $@

# All that have changed, in one go. One with a fault is named and not compiled: it would break pages.
translations: $(CATALOGUES:.po=.mo) | $(RUNTIME)
	@$(if $(CHANGED),$(PY) -m feedback.manage.compiling $(CHANGED))

%.mo: %.po
	$(eval CHANGED += $<)

# The distribution's own Chromium (without its windows it is three times as quick) and PostgreSQL where we may
# install them, else those that pip and Playwright bring.
servers: $(TESTS)
	@missing=$$(command -v chromium-headless-shell >/dev/null || echo chromium-headless-shell fonts-noto-core; \
		ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null || echo postgresql); \
	sudo=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && $$sudo true 2>/dev/null; then \
		echo "Installing" $$missing; \
		$$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null || true; \
		for each in $$missing; do \
			$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$each >/dev/null || true; \
		done; \
	fi; \
	command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || $(PY) -m playwright install chromium

clean:
	rm -rf $(VENV) translations/*/LC_MESSAGES/*.mo

# Translators' files in step with the pages: make extract
extract: $(RUNTIME)
	@HEARD_DEMO=1 $(VENV)/bin/flask --app wsgi translations update
