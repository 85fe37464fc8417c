#!/usr/bin/env bash
# Our matcher beside Lucene.Net and NLP.js on data that is not in this repository, in one run; prints Markdown.
#   bench/peers.sh DATA      DATA has matching/SET/{train,test}.tsv
set -euo pipefail
cd "$(dirname "$0")/.."
data=${1:?Name the folder with the data: bench/peers.sh ../shared/data}
npm ci --prefix bench/Bot.Peers --ignore-scripts --no-audit --no-fund --loglevel=error >&2
dotnet build bench/Bot.Peers -c Release --nologo -clp:ErrorsOnly -v quiet >&2
echo "Taken $(date -I) on $(nproc) cores, .NET $(dotnet --version), Node $(node --version), by bench/peers.sh. Lucene.Net and ours in one process, NLP.js in its own."
dotnet run --no-build -c Release --project bench/Bot.Peers -- "$data/matching"
