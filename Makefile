# Mỏng có chủ ý: mỗi đích gọi một tập lệnh trong .ci/
.DEFAULT_GOAL := help
.PHONY: help setup run test lint fmt reset-demo bench backup restore

help: ## Danh sách các đích
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## Cài đặt môi trường phát triển vào .venv
	@.ci/setup --dev

run: ## Chạy hệ thống tại http://127.0.0.1:8000 (đổi cổng: PORT=8080 make run)
	@.ci/serve

test: ## Chạy toàn bộ kiểm thử
	@.ci/test

lint: ## Kiểm tra mã nguồn
	@.ci/lint

fmt: ## Định dạng mã nguồn
	@.ci/fmt

reset-demo: ## Xóa dữ liệu mẫu và nạp lại từ đầu
	@.ci/reset-demo

bench: ## Đo hiệu năng
	@.ci/bench

backup: ## Sao lưu dữ liệu và tệp vào một tệp (FILE=… chọn nơi ghi)
	@FILE="$(FILE)" .ci/backup

restore: ## Khôi phục từ bản sao lưu vào máy trống (FILE=…; FORCE=1 ghi đè)
	@FILE="$(FILE)" FORCE="$(FORCE)" .ci/restore
