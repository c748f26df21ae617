#!/bin/sh
# Sets one part of the project up; the Makefile calls it. Each part does nothing where nothing is missing.
#   python run|dev   a virtual environment with the pinned packages
#   browser          a Chromium for Playwright: ZEROMEET_CHROMIUM, Playwright's own, a system one, else installs one
#   fonts            fonts for the invented papers of the tests
#   postgres         a PostgreSQL server for the tests, which start it themselves
set -eu

PYTHON=${PYTHON:-python3}
VENV=.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1

apt_install() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        return 1
    fi
    echo "setup: apt-get install $*" >&2
    (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@") >/dev/null
}

make_venv() {
    if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "setup: Python 3.11 or newer is needed; found: $("$PYTHON" --version 2>&1 || echo none). Set PYTHON=…" >&2
        exit 1
    fi
    [ -x "$VENV/bin/pip" ] && return
    "$PYTHON" -m venv "$VENV" 2>/dev/null || { apt_install python3-venv && "$PYTHON" -m venv "$VENV"; } || {
        echo "setup: cannot make a virtual environment. Run: apt-get install python3-venv" >&2
        exit 1
    }
}

python_packages() {
    make_venv
    echo "setup: installing the pinned packages ($1)" >&2
    "$VENV/bin/pip" install --quiet --no-deps --require-hashes -r "requirements/$1.txt" -r requirements/models.txt
    "$VENV/bin/pip" install --quiet --no-deps --no-build-isolation --editable .
    # OpenCV links to two libraries that a slim machine lacks.
    "$VENV/bin/python" -c 'import cv2' 2>/dev/null || apt_install libgl1 libglib2.0-0 || {
        echo "setup: OpenCV cannot load. Run: apt-get install libgl1 libglib2.0-0" >&2
        exit 1
    }
    "$VENV/bin/python" -c 'import cv2'
}

found_browser() {
    "$VENV/bin/python" -c 'from bot.portals.browser import find_browser; find_browser()' 2>/dev/null
}

browser() {
    found_browser && return
    echo "setup: no Chromium found, installing one" >&2
    { "$VENV/bin/playwright" install --with-deps chromium >/dev/null 2>&1 && found_browser; } ||
        { apt_install chromium fonts-noto-cjk && found_browser; } || {
        echo "setup: no Chromium could be installed. Run as root: apt-get install chromium" >&2
        echo "       or set ZEROMEET_CHROMIUM to the path of a Chromium or Chrome." >&2
        exit 1
    }
}

fonts() {
    "$VENV/bin/python" -c 'import sys; from tests.specimens import fonts; sys.exit(not fonts.complete())' 2>/dev/null && return
    apt_install fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-microhei fonts-wqy-zenhei fonts-noto-cjk fonts-dejavu-core || {
        echo "setup: fonts for the test papers are missing. Run: apt-get install fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-microhei fonts-wqy-zenhei fonts-noto-cjk fonts-dejavu-core" >&2
        exit 1
    }
}

postgres() {
    "$VENV/bin/python" -c 'import sys; from tests.bot.engine import postgres; sys.exit(postgres.binaries() is None)' 2>/dev/null && return
    # Without a cluster of its own: the tests make one in a folder that they throw away.
    apt_install postgresql-common && sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf || true
    apt_install postgresql || {
        echo "setup: no PostgreSQL server for the tests. Run: apt-get install postgresql" >&2
        exit 1
    }
}

case "$1" in
    python) python_packages "$2" ;;
    browser) browser ;;
    fonts) fonts ;;
    postgres) postgres ;;
    *) echo "setup: unknown part $1" >&2; exit 2 ;;
esac
