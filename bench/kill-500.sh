#!/usr/bin/env bash
# Kills the recorder 500 times (or the number given) at random moments and compares what is left with what was sent.
#
#   bench/kill-500.sh [KILLS] [SEED]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TICKLAKE_KILLS=${1:-500} TICKLAKE_SEED=${2:-$RANDOM} TICKLAKE_SUMMARY=$PWD/artifacts/kill-summary.md
dotnet build test/Ticklake.SystemTests -c Release -v quiet --nologo
dotnet artifacts/bin/Ticklake.SystemTests/release/Ticklake.SystemTests.dll --no-progress --filter-class '*Crash.KillTests'
cat "$TICKLAKE_SUMMARY"
