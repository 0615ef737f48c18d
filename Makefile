# Each command is a script under bin/; this file only names them.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.DEFAULT_GOAL := help
.PHONY: help run test replay bench load torture mutations fuzz sbom lock clean

help: ## Liệt kê các lệnh / list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

run: python ## Cài đặt và chạy (PORT, DATA_DIR, DATABASE_URL, REDIS_URL, STORAGE_URL) / install and run
	@$(PYTHON) -m bin.install
	@exec .venv/bin/python -m bin.serve

test: python ## Cài dịch vụ thử nghiệm và chạy mọi kiểm tra / install test services and run every check
	@exec $(PYTHON) -m bin.test

replay: python ## Phát lại các phiên đồng bộ từ SOURCE=… (OPTIONS=--kill-web) / replay recorded synchronisation from SOURCE=…
	@$(PYTHON) -m bin.install
	@.venv/bin/python -m bench.replay "$(SOURCE)" $(OPTIONS)

bench: python ## Đo các con số đã công bố / measure the published figures
	@$(PYTHON) -m bin.install
	@.venv/bin/python -m bench

load: python ## Một ngày của 5.000 điện thoại (MINUTES=15 PHONES=5000 OFFICE=100) / a day of 5,000 phones
	@$(PYTHON) -m bin.install --tests
	@.venv/bin/python -m bench.load $(if $(MINUTES),--minutes $(MINUTES)) $(if $(PHONES),--phones $(PHONES)) \
		$(if $(OFFICE),--office $(OFFICE))

torture: python ## Tra tấn việc đồng bộ (SEED=…) / torture synchronisation: dead servers, bad lines, real phones
	@$(PYTHON) -m bin.install --tests
	@.venv/bin/python -m bench.torture $(if $(SEED),--seed $(SEED))

mutations: python ## Chứng minh kiểm thử phát hiện lỗi cố ý / show that the tests find what would lose data
	@$(PYTHON) -m bin.install --tests
	@.venv/bin/python -m bench.mutations

fuzz: python ## Gọi mọi địa chỉ API với dữ liệu lạ (EXAMPLES=100 SEED=…) / call the whole API with odd data, as every role
	@$(PYTHON) -m bin.install --tests
	@.venv/bin/python -m tests.fuzz --examples $(or $(EXAMPLES),100) $(if $(SEED),--seed $(SEED))

sbom: python ## In danh mục thành phần CycloneDX / print what the product is made of, as CycloneDX
	@$(PYTHON) -m bin.sbom

lock: python ## Ghim lại phiên bản thư viện / pin the libraries again
	@exec $(PYTHON) -m bin.lock

clean: ## Xóa mọi thứ đã cài và đã dựng, giữ dữ liệu / remove what was installed and built, keep data
	rm -rf .venv .build phone/node_modules phone/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: python
python:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên / Python 3.11 or later is needed: python3" >&2; exit 1; }
