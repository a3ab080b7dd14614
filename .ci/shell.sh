# Sourced by the scripts beside it: paths, messages and the way to root.
set -euo pipefail
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cd -- "$ROOT"
VENV=$ROOT/.venv
export VAR_DIR=${VAR_DIR:-$ROOT/var}
export PATH=$VENV/bin:$PATH PYTHONUNBUFFERED=1

say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# as_root CMD…: runs it as root, or returns 1 when there is no way that asks nobody for a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# apt_install PACKAGE…: installs through apt, or prints the one line to run and stops.
apt_install() {
    local line="apt-get update && apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null || ! as_root true; then
        die "Thiếu gói hệ thống. Chạy một lần với quyền quản trị rồi thử lại:
    sudo sh -c '$line'"
    fi
    say "Cài gói hệ thống: $*"
    local log
    log=$(mktemp)
    if ! as_root sh -c "export DEBIAN_FRONTEND=noninteractive; $line" >"$log" 2>&1 </dev/null; then
        tail -n 25 "$log" >&2
        rm -f "$log"
        die "Không cài được gói hệ thống: $*"
    fi
    rm -f "$log"
}
