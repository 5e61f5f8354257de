#!/usr/bin/env bash
# Kills 'ticklake compact' 200 times (or the number given) at random moments; after each kill every row must be there once.
#
#   bench/kill-compact.sh [KILLS] [SEED]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export TICKLAKE_COMPACT_KILLS=${1:-200} TICKLAKE_SEED=${2:-$RANDOM} TICKLAKE_SUMMARY=$PWD/artifacts/kill-compact.md
dotnet build test/Ticklake.SystemTests -c Release -v quiet --nologo
dotnet artifacts/bin/Ticklake.SystemTests/release/Ticklake.SystemTests.dll --no-progress --filter-class '*CompactionKillTests'
cat "$TICKLAKE_SUMMARY"
