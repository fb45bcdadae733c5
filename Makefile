# One tap for each job. `make` alone lists them. What is needed beforehand: Python 3.11 or newer, git and make.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
CODE := bot handlers db tests
CATALOGUE := locale/id/LC_MESSAGES/messages.po
# What marks a sentence for the catalogue, beside Babel's own gettext, ngettext and N_.
KEYWORDS := html nhtml:1,2 Refusal Flaw ArticleError

# Chromium and its driver, under the names that systems give them; both are needed for the browser tests.
CHROMIUM := $(firstword $(foreach name,chromium chromium-browser google-chrome google-chrome-stable,$(shell command -v $(name) 2>/dev/null)))
CHROMEDRIVER := $(shell command -v chromedriver 2>/dev/null)
HAS_BROWSER := $(if $(CHROMIUM),$(CHROMEDRIVER))
# What Python has once read is kept, or every worker and every start would read it anew.
unexport PYTHONDONTWRITEBYTECODE
PYTEST_WORKERS ?= 2
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml

.PHONY: help
help: ## List what can be done here
	@echo "Asisten ASN. What can be done here:"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' \
		| awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

.PHONY: setup
setup: $(VENV)/.ready ## Set up everything in .venv (about a minute the first time, then nothing)

# The environment holds what the lock names, checked by its hashes; it is made again when its Python has gone.
$(VENV)/.installed: requirements-dev.lock
	@rm -f $@
	@if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		python=; old=; \
		for name in python3.13 python3.12 python3.11 python3.14 python3 python; do \
			if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
				if $$name -c 'import venv, ensurepip' >/dev/null 2>&1; then python=$$name; break; fi; \
				old=$$name; \
			fi; \
		done; \
		if [ -z "$$python" ] && [ -n "$$old" ]; then \
			echo "$$old is here but cannot make environments: please install its venv package (on Debian or Ubuntu: apt install python3-venv), then run make again." >&2; exit 1; \
		fi; \
		if [ -z "$$python" ]; then \
			echo "Asisten ASN needs Python 3.11 or newer, and none was found: please install it, then run make again." >&2; exit 1; \
		fi; \
		echo "Making the environment .venv with $$($$python --version) ..."; \
		$$python -m venv --clear $(VENV) || exit 1; \
	fi
	@echo "Installing the $$(grep -c '==' requirements-dev.lock) packages of the lock (about a minute the first time) ..."
	@{ $(BIN)/python -m pip --disable-pip-version-check install --no-input --progress-bar off \
		--require-hashes --requirement requirements-dev.lock 2>&1 && touch $@; } \
		| awk '{ print > "$(VENV)/setup.log" } \
			/^Collecting / { if (++fetched % 20 == 0) { print "  " fetched " found"; fflush() } } \
			/^Installing collected/ { print "  unpacking them ..."; fflush() }'
	@test -e $@ || { tail -n 15 $(VENV)/setup.log >&2; \
		echo "The packages could not be installed; the whole story is in $(VENV)/setup.log. Is there a connection to the internet?" >&2; exit 1; }

# The bot itself is linked, not copied: what is edited here is what runs.
$(VENV)/.ready: $(VENV)/.installed pyproject.toml
	@$(BIN)/python -m pip --disable-pip-version-check install --no-input --quiet \
		--no-deps --no-build-isolation --editable .
	@touch $@
	@echo "Ready: the command is $(BIN)/asisten-asn"

.PHONY: coba
coba: setup ## Try the bot here, without a token and without the internet
	@$(BIN)/asisten-asn coba $(ARGS)

.PHONY: test
test: setup ## Check everything: lint, types, imports, words, tests, coverage
	@if [ -n "$(DEMAND_BROWSER)" ] && [ -z "$(HAS_BROWSER)" ]; then \
		echo "DEMAND_BROWSER is set, but Chromium or its chromedriver was not found." >&2; exit 1; \
	fi
	@$(MAKE) lint types imports
	@echo "Tests, on $(PYTEST_WORKERS) workers (SQLite, PostgreSQL$(if $(HAS_BROWSER), and Chromium)) ..."
	@$(BIN)/python -m pytest -q -n $(PYTEST_WORKERS) $(if $(HAS_BROWSER),,-m "not browser") $(ARGS)
	@$(MAKE) rules
	@$(if $(HAS_BROWSER),echo "All is well.",$(MAKE) browser-tests-missing)

.PHONY: rules
rules: setup ## Check that the tests of the rules cover every branch of them
	@echo "Coverage of the rules (bot/skp), branches included ..."
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run --source=bot/skp -m pytest -q -n 0 tests/skp >/dev/null
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='bot/skp/*' --fail-under=100 --skip-covered --show-missing >$(VENV)/coverage.log \
		|| { cat $(VENV)/coverage.log; echo "The rules in bot/skp must be covered whole." >&2; exit 1; }
	@echo "  100 %"

.PHONY: coverage
coverage: setup ## Measure what all tests cover (twice the time of the tests alone)
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run -m pytest -q -n $(PYTEST_WORKERS) $(if $(HAS_BROWSER),,-m "not browser") $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --skip-covered --sort=cover

.PHONY: browser-tests-missing
browser-tests-missing:
	@echo
	@echo "################################################################################"
	@echo "  All is well, but THE BROWSER TESTS WERE NOT RUN: Chromium or its driver is"
	@echo "  not here. On Debian:  apt install chromium chromium-driver  then  make test"
	@echo "  Not run:"
	@$(BIN)/python -m pytest -m browser --collect-only -q 2>/dev/null | grep '::' | sed 's/^/    /' || true
	@echo "################################################################################"

.PHONY: lint
lint: setup ## Check how the code is written
	@echo "Lint ..."
	@$(BIN)/ruff check --quiet --output-format concise $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE) \
		|| { echo "Some files are not formatted; this mends them: make format" >&2; exit 1; }

.PHONY: format
format: setup ## Format the code, and mend what can be mended by itself
	@$(BIN)/ruff check --quiet --fix $(CODE) || true
	@$(BIN)/ruff format $(CODE)

.PHONY: types
types: setup ## Check the types, strictly
	@echo "Types ..."
	@$(BIN)/mypy --no-error-summary

.PHONY: imports
imports: setup ## Check that every room imports only what it may
	@echo "Imports between the rooms ..."
	@$(BIN)/lint-imports >$(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

.PHONY: messages
messages: setup ## Take the sentences out of the code and bring the catalogues up to date
	@echo "Reading the sentences ..."
	@$(BIN)/pybabel --quiet extract --mapping-file=pyproject.toml $(KEYWORDS:%=--keyword=%) \
		--no-location --sort-output --omit-header --output-file=$(VENV)/messages.pot bot handlers
	@$(BIN)/pybabel --quiet update --domain=messages --locale=id --input-file=$(VENV)/messages.pot \
		--output-file=$(CATALOGUE) --width=100 --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date
	@$(BIN)/python -m pytest -q --no-header --noconftest tests/test_words.py

.PHONY: migrate
migrate: setup ## Bring the database of the settings up to date
	@$(BIN)/asisten-asn migrasi $(ARGS)

.PHONY: bench
bench: setup ## Run every benchmark, one after the other (several minutes)
	@for file in tests/bench/[a-z]*.py; do \
		name=$$(basename $$file .py); \
		case $$name in test_*) continue;; esac; \
		grep -q '__name__ == "__main__"' $$file || continue; \
		echo "== $$name"; $(BIN)/python -m tests.bench.$$name || exit 1; \
	done

.PHONY: pictures
pictures: setup ## Make the README's pictures anew, from the program itself (needs Chromium)
	@echo "Starting a trial and looking at it ..."
	@$(BIN)/python -m tests.pictures

.PHONY: proof
proof: setup ## Run the long tests whole (many minutes)
	@echo "The long tests, whole ..."
	@PROOF=1 $(BIN)/python -m pytest -q -m slow $(ARGS)

.PHONY: lock
lock: setup ## Choose new versions for everything and write both locks
	@$(COMPILE) --upgrade --group dev --output-file requirements-dev.lock
	@$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock
	@echo "Both locks are written; make test installs them and shows whether they hold."

.PHONY: check-clean
check-clean: ## Fail when the working tree holds anything that is not committed
	@changes=$$(git status --porcelain) && test -z "$$changes" \
		|| { echo "Not committed:" >&2; echo "$$changes" >&2; exit 1; }

.PHONY: clean
clean: ## Remove the environment and everything that was made from the sources
	@rm -rf $(VENV) dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find bot handlers db tests -name __pycache__ -type d -prune -exec rm -rf {} +
