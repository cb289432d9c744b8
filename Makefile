# Each target is one command; `make demo` and `make test` set up everything they need.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo serve test check eval bench docs env lock clean

demo: .venv/base          ## code the bundled example, print what it found, serve the desk
	$(BIN)/kavass demo

serve: .venv/base         ## the desk over your own store
	$(BIN)/kavass serve

test: .venv/test          ## the whole suite; says which tests it left out and why
	$(BIN)/python -m pytest

check: .venv/test         ## ruff, mypy --strict, layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layout.py

eval: .venv/test          ## figures on the project's own sets against the floors
	$(BIN)/python -m evals

bench: .venv/test         ## documents per second and memory beside the plain recipe
	$(BIN)/python -m benchmarks

docs: .venv/base          ## the generated reference pages
	$(BIN)/python docs/generate.py

env: .venv/test           ## the environment alone

.venv/base: requirements/base.txt requirements/tools.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/base.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

.venv/test: .venv/base requirements/test.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/test.txt
	touch $@

lock:                     ## lock again after a change of requirements/*.in
	for name in base tools test bulk postgres ray stix train; do \
	  uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean:
	rm -rf .venv dist build
