#!/usr/bin/env bash
# Runs the bot's own figures on data that is not in this repository, and prints them as Markdown.
#   bench/evaluate.sh DATA      DATA has matching/SET/{train,test}.tsv and crisis/*.tsv
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:?Name the folder with the data: bench/evaluate.sh ../shared/data}
dotnet build src/Bot.Server -c Release --nologo -clp:ErrorsOnly -v quiet >&2
bot() { dotnet run --no-build -c Release --project src/Bot.Server -- evaluate "$@"; }
echo "Taken $(date -I) on $(nproc) cores, $(dotnet --version), by bench/evaluate.sh."
for set in "$data"/matching/*/; do echo; echo "**matching $(basename "$set")**"; echo; echo "    $(bot matching "$set")"; done
for file in "$data"/crisis/*.tsv; do echo; echo "**crisis $(basename "$file")**"; echo; echo "    $(bot crisis "$file")"; done
