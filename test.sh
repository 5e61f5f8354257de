#!/usr/bin/env bash
# Everything that must hold before a change lands: installs what the tests need, builds with warnings as errors, checks
# the format and runs every test. The last line of the output is "N passed, N failed" (", N skipped" where some were).
#
#   ./test.sh                                         everything
#   ./test.sh --filter-class '*ConfigLoaderTests'     some tests only (options of xunit.v3), without the format check
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DEBIAN_FRONTEND=noninteractive
export HOME=${HOME:-$PWD/artifacts/home}
if ! command -v dotnet >/dev/null && [[ -x $HOME/.dotnet/dotnet ]]; then
  PATH=$HOME/.dotnet:$PATH
fi

results=$PWD/artifacts/test-results
# A test process that hangs is killed and counts as failed.
limit=${TICKLAKE_TEST_TIMEOUT:-60m}
kill=(--kill-after=30)
# At a terminal Ctrl+C must reach the tests; elsewhere everything they started ends with them.
[[ ! -t 0 ]] || kill+=(--foreground)
passed=0 failed=0 skipped=0

say() { printf '\n== %s\n' "$*"; }

# shellcheck disable=SC2317 # called by the trap
finish() {
  local code=$?
  ((code == 0 || failed > 0)) || failed=1
  if ((failed == 0 && passed == 0)); then
    echo "No test ran."
    failed=1
  fi
  if ((skipped > 0)); then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  exit $((failed > 0))
}
trap finish EXIT
trap 'exit 130' INT TERM

# need COMMAND PACKAGE…: installs Debian packages where the command is missing and we may.
need() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    echo "'$command' is missing: install it (Debian: apt-get install $*) and start again."
    exit 1
  fi
  say "installing $*"
  apt-get update -qq </dev/null
  apt-get install -y -qq --no-install-recommends "$@" </dev/null
}

install_needs() {
  if ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET SDK 10 is needed and was not found: https://dotnet.microsoft.com/download/dotnet/10.0"
    exit 1
  fi
  need git git
  if [[ -f test/readers/package.json ]]; then
    need node nodejs
    need npm npm
    local installed=test/readers/node_modules/.package-lock.json
    if [[ ! -f $installed || test/readers/package-lock.json -nt $installed ]]; then
      # Not 'npm ci': it insists on DuckDB's bindings for every platform, which not every registry has.
      say "npm install --prefix test/readers"
      npm install --prefix test/readers --no-save --no-audit --no-fund --loglevel=error </dev/null
      touch "$installed"
    fi
  fi
}

build() {
  say "build"
  # Build servers would outlive this script and keep its output open.
  dotnet build Ticklake.slnx -c Release -v quiet --nologo --disable-build-servers </dev/null
}

check_format() {
  say "format"
  if dotnet format Ticklake.slnx --verify-no-changes --no-restore </dev/null; then
    echo "nothing to change"
  else
    echo "run 'dotnet format'"
    failed=$((failed + 1))
  fi
}

# The number in an attribute of a report's <assembly …> element.
count() { sed -n "s/.*<assembly [^>]* $2=\"\([0-9]*\)\".*/\1/p;q" "$1"; }

run_tests() {
  local name=$1
  shift
  local report=$results/$name.xml code=0
  say "$name"
  rm -f "$report"
  timeout "${kill[@]}" "$limit" dotnet "artifacts/bin/$name/release/$name.dll" --no-progress --no-ansi \
    --results-directory "$results" --report-xunit --report-xunit-filename "$name.xml" "$@" </dev/null || code=$?
  local bad=0
  if [[ -s $report ]]; then
    passed=$((passed + $(count "$report" passed)))
    skipped=$((skipped + $(count "$report" skipped)))
    bad=$(($(count "$report" failed) + $(count "$report" errors)))
  fi
  # 8 says that no test matched; anything else without a failed test is a crash.
  if ((code != 0 && code != 8 && bad == 0)); then
    echo "$name ended with exit code $code"
    bad=1
  fi
  failed=$((failed + bad))
}

install_needs
build
(($# > 0)) || check_format
for project in test/*/*.csproj; do
  run_tests "$(basename "$project" .csproj)" "$@"
done
echo
