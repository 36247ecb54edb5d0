#!/usr/bin/env bash
# qemu-system-x86_64 -M q35 -kernel: two thirds of the ticks before the kernel's first instruction go to ports that no disk is at.
#
# Versions: QEMU 7.2 (Debian 12, qemu-system-x86 1:7.2+dfsg-7+deb12u18+b3); Debian 13's 10.0 behaves alike (15.7, 5.6 and 5.7 million).
# Belief:   with -kernel and -nodefaults the firmware has nothing to look for, so where a boot under -icount takes long it is the guest's doing.
# Seen:     SeaBIOS waits for each port of q35's built-in SATA controller before it starts the kernel: 15.75 million ticks until the guest's
#           first rdtsc, 5.58 million with -M q35,sata=off (a property that no manual page names), 5.66 million on -M pc.
# Matters:  a suite of many small boots spends most of its processor time there: 0.7-0.9 s a boot against 0.12 s under -icount.
# Needs:    nasm; qemu-system-x86_64 on PATH.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
qemu-system-x86_64 --version | head -n 1

cat >kernel.asm <<'ASM'
        bits    32
        org     0x100000
header: dd      0x1BADB002, 0x10000, -(0x1BADB002 + 0x10000)    ; Multiboot 1
        dd      header, header, end, end, entry
entry:  rdtsc
        mov     ecx, 8
.byte:  out     0xe9, al
        shrd    eax, edx, 8
        shr     edx, 8
        loop    .byte
        mov     al, 0
        out     0xf4, al
        hlt
end:
ASM
nasm -f bin kernel.asm -o kernel

# $1: machine; prints the time-stamp counter at the kernel's entry
ticks() {
    timeout 300 qemu-system-x86_64 -M "$1" -display none -nodefaults -icount shift=0,sleep=off -debugcon file:ticks \
        -device isa-debug-exit,iobase=0xf4 -kernel kernel >&2 || true
    od -An -td8 ticks | tr -d ' '
}

q35=$(ticks q35)
without=$(ticks q35,sata=off)
pc=$(ticks pc)
echo "ticks before the kernel: q35 $q35, q35,sata=off $without, pc $pc"
(( q35 > 2 * without && pc < without * 5 / 4 && without < pc * 5 / 4 )) && echo "as stated" || { echo "CHANGED"; exit 1; }
