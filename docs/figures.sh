#!/usr/bin/env bash
# Writes what the commands print into README.md and the book. Usage: docs/figures.sh [word of the commands that are to run]
#
# A block of figures stands between `<!-- figures: COMMAND -->` and `<!-- end of figures -->`. COMMAND runs here, in the checkout, and what it
# writes to standard output takes the block's place. If a command fails its file stays as it was. The commands take half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# $1: a file; $2: a word of the commands that are to run
write_figures() {
    local command
    while IFS= read -r command; do
        [[ $command == *"$2"* ]] || continue
        echo "$1: $command" >&2
        bash -o pipefail -c "$command" >"$work/output" </dev/null
        replace "$1" "$command"
    done < <(sed -n 's/^<!-- figures: \(.*\) -->$/\1/p' "$1")
}

# $1: a file; $2: the command whose block gets what is in the file "output", without blanks at the ends of lines and empty lines at the end
replace() {
    awk -v begin="<!-- figures: $2 -->" -v output="$work/output" '
        $0 == "<!-- end of figures -->" { skipping = 0 }
        !skipping { print }
        $0 == begin {
            skipping = 1
            print "```"
            for (empty = 0; (getline line < output) > 0; ) {
                sub(/[ \t]+$/, "", line)
                if (line == "") { empty++; continue }
                for (; empty > 0; empty--) print ""
                print line
            }
            print "```"
        }' "$1" >"$work/page"
    cat "$work/page" >"$1"
}

for page in README.md docs/book/*/README.md docs/decisions/*.md; do
    write_figures "$page" "${1:-}"
done
