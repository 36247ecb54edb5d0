#!/usr/bin/env bash
# qemu-x86_64 (user mode): the one-byte breakpoint INT1 (opcode F1) ends a program by SIGILL; on a processor it is a SIGTRAP.
#
# Versions: qemu-user 1:7.2+dfsg-7+deb12u18+b3 (Debian 12); kernel and processor: any Linux on x86-64.
# Belief:   F1 is like CC with another exception: Intel SDM volume 2, "INT n/INTO/INT3/INT1": allowed at every privilege level, with no
#           check of a gate's privilege, it raises #DB, which Linux makes a SIGTRAP. An emulator that knows the opcode (it has an intercept
#           of SVM for it) delivers the same.
# Seen:     the same static program ends with 133 (128 + SIGTRAP) on the machine and with 132 (128 + SIGILL) in qemu-x86_64, while INT3
#           (opcode CC) is a SIGTRAP in both. qemu-system-x86_64 of this version raises #UD in ring 3 of a guest likewise.
# Matters:  a test of what a kernel does with #DB from user code, run in QEMU, exercises its #UD path and passes.
# Needs:    nasm, ld or ld.lld, apt-get with Debian 12's package lists.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

apt-get download -q qemu-user=1:7.2+dfsg-7+deb12u18+b3 >/dev/null 2>&1
dpkg -x ./*.deb root
qemu=$work/root/usr/bin/qemu-x86_64
"$qemu" --version | head -n 1
linker=$(command -v ld || command -v ld.lld)

# $1: name; $2: the instruction's byte
program() {
    printf 'bits 64\nglobal _start\n_start:\n db %s\n xor edi, edi\n mov eax, 60\n syscall\n' "$2" >"$1.asm"
    nasm -f elf64 "$1.asm" -o "$1.o"
    "$linker" -o "$1" "$1.o"
}

failures=0
expect() { # code that was expected, what is stated, command
    local code=0
    (ulimit -c 0; "${@:3}") >/dev/null 2>&1 || code=$?
    [[ $1 == "$code" ]] && echo "as stated: $2: $code" || { echo "CHANGED: $2: expected $1, saw $code"; failures=1; }
}

program int1 0xF1
program int3 0xCC
expect 133 "INT1 on this machine" ./int1
expect 132 "INT1 in qemu-x86_64" "$qemu" ./int1
expect 133 "INT3 on this machine" ./int3
expect 133 "INT3 in qemu-x86_64" "$qemu" ./int3
exit "$failures"
