#!/usr/bin/env bash
# ld.lld: --wrap of a symbol that --defsym defines loses the wrapper, and __real_ of it is address 0; no word is said.
#
# Versions: lld-14 1:14.0.6-12 and lld-19 1:19.1.7-3~deb12u1 (Debian 12); binutils of Debian 12 beside them.
# Belief:   --defsym=X=VALUE is a definition like one in an object, so with --wrap=X a reference to X goes to __wrap_X and one to __real_X
#           to VALUE, as the manuals of GNU ld and of LLVM say of --wrap.
# Seen:     with ld.lld a call of X goes to VALUE past the __wrap_X that the object defines, and a call of __real_X goes to address 0.
#           The exit code is 0 and nothing is printed. GNU ld links what the manuals say. With X defined in an object both agree.
# Matters:  a stand-in for a symbol by --defsym is how one tests a wrapper without the wrapped library: the test links another program.
# Needs:    nasm, objdump and ld (binutils), apt-get with Debian 12's package lists.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >call.asm <<'ASM'
        bits    64
        extern  X, __real_X
        global  _start, __wrap_X
_start: call    X
        call    __real_X
        ret
__wrap_X:
        ret
ASM
printf 'global X\nX: ret\n' >x.asm
nasm -f elf64 call.asm
nasm -f elf64 x.asm

# $1: major version, $2: package version; the linker is "lld-$1"
fetch() {
    mkdir "root-$1"
    (cd "root-$1" && apt-get download -q "lld-$1=$2" "libllvm$1=$2" >/dev/null 2>&1 && for package in ./*.deb; do dpkg -x "$package" .; done)
    printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' "$work/root-$1/usr/lib/x86_64-linux-gnu" "$work/root-$1/usr/lib/llvm-$1/bin/ld.lld" >"lld-$1"
    chmod +x "lld-$1"
}

# $1: a linker, further: what it links. Prints the addresses that the two calls lead to: 0, 1000, or the name of the symbol there.
targets() {
    "$1" -o program "${@:2}" || { echo "failed"; return; }
    local wrapper code real
    wrapper=$(nm program | sed -n 's/^0*\([0-9a-f]*\) [Tt] __wrap_X$/\1/p')
    real=$(nm program | sed -n 's/^0*\([0-9a-f]*\) T X$/\1/p')
    for code in $(objdump -d program | sed -n 's/.*call *\([0-9a-f]*\) <.*/\1/p' | head -n 2); do
        [[ -n $wrapper && $code == "$wrapper" ]] && code=__wrap_X
        [[ -n $real && $code == "$real" ]] && code=X
        printf '%s ' "$code"
    done
}

failures=0
expect() { # what was expected, what was seen, of what
    [[ $1 == "${2% }" ]] && echo "as stated: $3: $1" || { echo "CHANGED: $3: expected '$1', saw '$2'"; failures=1; }
}

fetch 14 1:14.0.6-12
fetch 19 '1:19.1.7-3~deb12u1'
ld --version | head -n 1
expect "__wrap_X 1000" "$(targets ld --wrap=X --defsym=X=0x1000 call.o)" "GNU ld, X by --defsym"
for version in 14 19; do
    "./lld-$version" --version
    expect "1000 0" "$(targets "./lld-$version" --wrap=X --defsym=X=0x1000 call.o)" "ld.lld $version, X by --defsym"
    expect "__wrap_X X" "$(targets "./lld-$version" --wrap=X call.o x.o)" "ld.lld $version, X in an object"
done
exit "$failures"
