# make demo · make test · make kill-test · make fuzz · make check · make audit · make bench
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo run test kill-test fuzz check audit format bench pictures lock release-sample clean

# Ctrl+C ends both as it should: make does not call it an error.
demo: $(READY)
	@trap : INT; $(BIN)/nhacviec demo || [ $$? -eq 130 ]

run: $(READY)
	@trap : INT; $(BIN)/nhacviec run || [ $$? -eq 130 ]

# A process for each core; each has databases of its own.
test: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

# Processes are killed while they plan, send and answer: about a quarter of an hour.
kill-test: $(READY)
	$(BIN)/python -m tests.kill --rounds 200 --engine sqlite
	$(BIN)/python -m tests.kill --rounds 200 --engine postgresql --processes 2
	$(BIN)/python -m tests.kill --rounds 200 --engine postgresql --processes 3

# Ten thousand random messages, buttons and other things, in the shape of every channel; then damaged files and requests.
fuzz: $(READY)
	NHACVIEC_FUZZ=10000 $(BIN)/pytest tests/bot/test_conversation_random.py
	NHACVIEC_FUZZ=2000 $(BIN)/pytest -n auto tests/documents/test_damaged_files.py tests/stories/test_random_requests.py

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Known weaknesses of what the program is made of. AUDIT=required fails where the advisories cannot be had.
audit: $(READY)
	@$(PYTHON) -m venv .audit && .audit/bin/pip install --quiet --disable-pip-version-check "pip-audit>=2.10" || echo "audit: pip-audit cannot be installed"
	@rm -f .audit/report.json
	@-.audit/bin/pip-audit --requirement requirements/app.txt --require-hashes --disable-pip --progress-spinner off \
	    --format json --output .audit/report.json >.audit/told 2>&1
	@$(BIN)/python .ci/audit.py .audit/report.json

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The guides' pictures, from the pages as they are now.
pictures: $(READY)
	$(BIN)/python -m tests.browser.take_picture
	$(BIN)/python -m tests.browser.take_pictures

bench: $(READY)
	$(BIN)/pip install --quiet "aiolimiter>=1.2" "dateparser>=1.5" "markitdown[docx]>=0.1"
	$(BIN)/python -m benchmarks

# Pins with hashes and nothing else: where packages come from is for the machine to say.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:
	$(LOCK) --extra dev pyproject.toml -o requirements/dev.txt
	$(LOCK) -c requirements/dev.txt pyproject.toml -o requirements/app.txt

# What later releases are tried with: once more whenever the tables of an unreleased version change.
release-sample: $(READY)
	$(BIN)/python -m tests.samples.releases.make

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c "import sys; assert sys.version_info >= (3, 11), 'Python 3.11 or newer is needed'"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

clean:
	rm -rf $(VENV) .audit build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis test-results
