# Set-up, verification, tests. `make help` lists what there is.
#
# Nothing to do first: every target makes the environment it needs in .venv, and makes it again when
# what it was made from has changed. A stamp in .venv is written only when its step has succeeded.

PYTHON ?= python3
ARGS ?=
UPGRADE ?=

JUMPBOUND_CACHE ?= $(CURDIR)/.cache/jumpbound
export JUMPBOUND_CACHE
# The tests start hundreds of processes, which would compile the same files again.
unexport PYTHONDONTWRITEBYTECODE

LOCK_TOOL := uv==0.13.9

pip := .venv/bin/python -m pip -qq --disable-pip-version-check --no-input
runtime := .venv/stamp-runtime
project := .venv/stamp-project
dev := .venv/stamp-dev

# An environment is usable only where it was made (a copied one would run the code of the original),
# with its interpreter still there and no installation broken off half-way.
usable := $(shell test -x .venv/bin/python && test ! -e .venv/incomplete \
	&& test "$$(cat $(runtime) 2>/dev/null)" = "$(CURDIR)" && echo yes)
ifneq ($(usable),yes)
.PHONY: $(runtime)
endif

.DELETE_ON_ERROR:
.PHONY: help verify test browser mutants bench seeds lint types format readme frontier lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1#\2/p' Makefile | awk -F '#' '{printf "%-14s %s\n", $$1, $$2}'
	@echo '  Arguments go in ARGS, another interpreter in PYTHON: make test ARGS="-k jump" PYTHON=python3.12'

verify: $(project) ## prove every theorem, replay the proofs, run the finite checks, write the report
	.venv/bin/jumpbound verify $(ARGS)

test: $(dev) browser ## lint, type-check, then run the tests
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/pytest $(ARGS)

# Tests of pages need Chromium: installed where that is possible without asking, else said.
browser:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; then :; \
	elif test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo 'Installing Chromium, for the tests of pages (once)'; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null \
			|| { echo 'Chromium could not be installed: apt-get install chromium says why' >&2; exit 1; }; \
	else echo 'No Chromium: the tests of pages are skipped; install it (on Debian: apt-get install chromium) to run them' >&2; fi

mutants: $(dev) ## change every statement in every small way: each change must be refuted, or known to be true
	.venv/bin/python -m tests.soundness.mutation_report

bench: $(project) ## measure how fast it is, against C and against itself
	.venv/bin/python -m bench $(ARGS)

seeds: $(project) ## prove every theorem anew with five random seeds; two minutes
	.venv/bin/python -m bench.seeds $(ARGS)

lint: $(dev) ## lint
	.venv/bin/ruff check $(ARGS)

types: $(dev) ## type-check
	.venv/bin/mypy $(ARGS)

format: $(dev) ## sort the imports and lay out the code
	.venv/bin/ruff check --select I --fix
	.venv/bin/ruff format

readme: $(project) ## write the sessions in README.md and docs/separation.md, and the table, anew
	.venv/bin/python docs/generate.py

frontier: $(project) ## decide the tables of the bounded jump that README.md shows; a quarter of an hour
	.venv/bin/python docs/frontier.py

lock: ## write requirements/*.lock anew from pyproject.toml; UPGRADE=--upgrade takes newer versions
	@rm -rf .cache/lock && $(PYTHON) -m venv .cache/lock
	@.cache/lock/bin/python -m pip -qq --disable-pip-version-check --no-input install $(LOCK_TOOL)
	.cache/lock/bin/uv pip compile $(lock_options) --group build -o requirements/runtime.lock
	.cache/lock/bin/uv pip compile $(lock_options) --group dev -c requirements/runtime.lock -o requirements/dev.lock

lock_options = pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

clean: ## remove the environment, the caches, the reports
	rm -rf .venv .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist *.egg-info
	rm -f report.html report.json
	find models proofs checks bench tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. Each step depends on the one before it, so that two never install at once.

$(runtime): requirements/runtime.lock
	@command -v $(PYTHON) >/dev/null || { echo 'jumpbound needs Python 3.11 or newer, and there is no $(PYTHON); name one: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; v < (3, 11) and sys.exit("jumpbound needs Python 3.11 or newer, and $(PYTHON) is %d.%d; name another: make PYTHON=python3.12" % v)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo '$(PYTHON) has no venv module; install it (on Debian and Ubuntu: the package python3-venv)' >&2; exit 1; }
	@echo 'Making the environment in .venv (once; about a minute)'
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(pip) install --require-hashes -r requirements/runtime.lock
	@echo '$(CURDIR)' > $@

# pip check: the lock has all that pyproject.toml asks for.
$(project): $(runtime) pyproject.toml
	@touch .venv/incomplete
	@$(pip) install --no-deps --no-build-isolation --editable .
	@found=$$(.venv/bin/python -m pip check) || { echo "$$found"; echo 'pyproject.toml asks for more than requirements/ has: make lock' >&2; exit 1; }
	@rm .venv/incomplete
	@touch $@

$(dev): $(runtime) requirements/dev.lock | $(project)
	@echo 'Adding the test and development tools to .venv (once; half a minute)'
	@touch .venv/incomplete
	@$(pip) install --require-hashes -r requirements/dev.lock
	@rm .venv/incomplete
	@touch $@
