#!/bin/sh
# Gathers the labels of ui/ into onestop_en.ts and makes onestop_en.qm of it. Called in the root of the project with
# the tools of PySide6 on the PATH or in .venv/bin; labels without translation are left for a person to fill in.
set -eu
cd "$(dirname "$0")/../.."
PATH="$PWD/.venv/bin:$PATH"
find ui -name '*.py' | LC_ALL=C sort | xargs sh -c 'pyside6-lupdate "$@" -no-obsolete -locations none \
    -source-language zh_CN -target-language en -ts resources/i18n/onestop_en.ts' lupdate
pyside6-lrelease -silent resources/i18n/onestop_en.ts -qm resources/i18n/onestop_en.qm
