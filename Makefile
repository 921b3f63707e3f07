# make          set up, take in what waits in inbox/, build the site into output/
# make serve    look at it on http://localhost:8000
# make test     set up what the tests need, and run them
# make publish  build for the public address and send it to its host (publishconf.py)
# make clean    remove the built site and the caches
# make lock     pin the newest packages that requirements*.in allow
#
# Another Python: make PYTHON=python3.12. The work itself is in tasks.py, which runs without make too.

PYTHON ?= python3
INVOKE = .venv/bin/python -m invoke

.PHONY: site serve test publish clean lock ready ready-for-tests

# A file that can't be imported does not keep the others from the site, but it does make this fail.
site: ready
	@$(INVOKE) import; refused=$$?; $(INVOKE) build || exit; \
	if [ $$refused -ne 0 ]; then echo "What was refused above still waits in inbox/."; exit $$refused; fi

serve: ready
	@$(INVOKE) serve

test: ready-for-tests
	@$(INVOKE) test

publish: ready
	@$(INVOKE) publish

clean: ready
	@$(INVOKE) clean

LOCK = .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'

lock: ready-for-tests
	@$(LOCK) -o requirements.txt requirements.in
	@$(LOCK) -c requirements.txt -o requirements-dev.txt requirements-dev.in

ready:
	@$(PYTHON) tools/environment.py

ready-for-tests:
	@$(PYTHON) tools/environment.py --tests
