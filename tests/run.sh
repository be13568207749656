#!/usr/bin/env bash
# Every check of the project, from a fresh clone with nothing but Python 3.11 or newer:
#
#     bash tests/run.sh
#
# The first run makes its own environment in .venv-test; later runs use it again. PYTHON names
# another interpreter. Stops at the first step that fails, shows its output and names it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

environment=.venv-test
log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# step NAME COMMAND...: one line when it succeeds, its whole output when it fails.
step() {
    local name=$1 start=$SECONDS
    shift
    printf '%-14s' "$name"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        printf 'failed\n\n'
        cat "$log"
        fail "Stopped: $name failed. To see it alone: $*"
    fi
    printf 'ok %4d s\n' $((SECONDS - start))
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    local candidate candidates=(python3 python3.13 python3.12 python3.11)
    if [ -n "${PYTHON:-}" ]; then
        candidates=("$PYTHON")
    fi
    for candidate in "${candidates[@]}"; do
        if is_new_enough "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

# The environment is complete when it was made by this Python for this pyproject.toml, here.
wanted() {
    "$python" --version
    echo "$PWD"
    cat pyproject.toml
}

make_environment() {
    "$python" -m venv --clear "$environment" &&
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
            --editable '.[test]' &&
        wanted >"$environment/made-for"
}

has_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

# apt_install PACKAGE: with apt-get, as root or by sudo without a password.
apt_install() {
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$1"
}

# The README's first command, word for word, in a copy of what git knows; it must name its page.
first_command() {
    local folder command page
    folder=$(mktemp -d) &&
        git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$folder" &&
        command=$(sed -n '/^```bash setup$/{n;p;q;}' README.md) &&
        printf '%s\n' "$command" &&
        page=$(cd "$folder" && PATH="$(dirname "$python"):$PATH" bash -c "$command" | tail -n 1) &&
        test -s "$folder/$page"
    local outcome=$?
    rm -rf "$folder"
    return $outcome
}

python=$(find_python) || fail "Python 3.11 or newer is needed; name it: PYTHON=... bash tests/run.sh"
if ! wanted | cmp --silent - "$environment/made-for"; then
    step environment make_environment
fi
if ! has_chromium >/dev/null; then
    printf 'The page is tested in a browser: installing Chromium with apt-get.\n'
    { apt_install chromium && has_chromium; } >"$log" 2>&1 </dev/null || {
        tail -n 3 "$log"
        fail "Chromium is missing and could not be installed; install chromium or google-chrome."
    }
fi
if ! { command -v firefox-esr || command -v firefox; } >/dev/null; then
    printf 'The page is tested in Firefox, too: installing it with apt-get (70 MB).\n'
    apt_install firefox-esr >"$log" 2>&1 </dev/null ||
        printf 'Firefox could not be installed: NOTHING IS TESTED WITH FIREFOX.\n'
fi
if ! command -v virtuoso-t >/dev/null; then
    printf 'Stores are tested with Virtuoso, too: installing it with apt-get (4 MB).\n'
    apt_install virtuoso-opensource-7-bin >"$log" 2>&1 </dev/null ||
        printf 'Virtuoso could not be installed: NOTHING IS TESTED WITH VIRTUOSO.\n'
fi

# shellcheck disable=SC1091
source "$environment/bin/activate"
step "ruff format" ruff format --check .
step "ruff check" ruff check .
step codespell codespell
step mypy mypy
step lint-imports lint-imports
step "README" first_command
printf 'pytest\n'
# Two processes: the machines this has to run on have two cores. A file stays in one of them.
python -m pytest -n 2 --dist loadfile
