# What the comparisons beside this file have in common: building, measuring, judging. Sourced by them.
# shellcheck shell=bash
# `work` is the folder for figures and outputs; the script that measures makes it.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
program=$top/daemon/target/assent
assent=$program/bin/assent

# measure NAME COMMAND...: adds "seconds CPU-seconds peak-KiB" to the figures of that name.
measure() {
    local name=$1 TIMEFORMAT='%R %U %S'
    shift
    { time /usr/bin/time -q -f %M -o "$work/memory" "$@" >"$work/$name.out" 2>"$work/$name.err"; } 2>"$work/time" || {
        tail -n 20 "$work/$name.out" "$work/$name.err" >&2
        fail "this failed: $*"
    }
    echo "$(awk '{print $1, $2 + $3}' "$work/time") $(cat "$work/memory")" >>"$work/figures/$name"
}

row() {
    printf '%-34s %7.2f s %7.2f s %8.0f MiB\n' "$1" "$(median "$2" 1)" "$(median "$2" 2)" "$(peak "$2")"
}

# median NAME COLUMN
median() {
    cut -d ' ' -f "$2" "$work/figures/counted.$1" | sort -n | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'
}

# peak NAME: the highest of all runs, in MiB.
peak() {
    cut -d ' ' -f 3 "$work/figures/counted.$1" | sort -n | tail -n 1 | awk '{print $1 / 1024}'
}

# promise WHAT MEASURED LIMIT
promise() {
    if awk -v measured="$2" -v limit="$3" 'BEGIN {exit !(measured < limit)}'; then
        echo "kept:     $1"
    else
        echo "NOT KEPT: $1"
        return 1
    fi
}

# Builds the program unless it is there and newer than everything that it is made of.
build() {
    local jar
    jar=$(find "$top/daemon/target" -maxdepth 1 -name 'assent-daemon-*.jar' -print -quit 2>/dev/null || true)
    if [ -n "$jar" ] && [ -x "$assent" ] &&
        [ -z "$(find "$top/pom.xml" "$top/daemon/pom.xml" "$top/daemon/src/main" "$top/schema" -newer "$jar" -type f -print -quit)" ]; then
        return
    fi
    needs mvn 'Maven 3.8.7 or newer, to build the program (Debian: apt-get install maven)'
    say "Building the program"
    (cd "$top" && mvn -q -B -DskipTests package) || fail "the program could not be built"
    touch "$top"/daemon/target/assent-daemon-*.jar
}

java_version() {
    "$("$assent" --java)" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.version = //p'
}

# needs COMMAND WHAT
needs() {
    command -v "$1" >/dev/null || fail "there is no \`$1\` on the PATH; install $2"
}

needs_time() {
    [ -x /usr/bin/time ] || fail "there is no /usr/bin/time, which tells a process's peak memory; install GNU time (Debian: apt-get install time)"
}

say() { printf '── %s\n' "$1" >&2; }

fail() {
    echo "daemon/bench/${0##*/}: $1" >&2
    exit 2
}
