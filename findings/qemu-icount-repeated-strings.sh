#!/usr/bin/env bash
# qemu-system-x86_64 -icount: a repeated string instruction of n elements takes n + 1 ticks, not one and not n.
#
# Versions: QEMU 7.2 (Debian 12, qemu-system-x86 1:7.2+dfsg-7+deb12u18+b3); the same output was seen from Debian 13's 10.0.
# Belief:   "one instruction every 2^N ns of virtual time" (qemu(1), -icount): the time-stamp counter between two points counts the
#           instructions between them, and a copy by `rep movsb` is one of them whatever it copies.
# Seen:     every element is a round of its own through the translated code, and so is the look that finds the counter at zero: n = 0 takes 1,
#           n = 1 takes 2, n = 100 takes 101 and n = 200 takes 201 ticks.
# Matters:  who compares designs by ticks under -icount sees a copy by `rep movsb` cost a tick a byte, and one by `rep movsq` an eighth of
#           it, where a processor with fast string moves has them nearly alike; and an offset of one for each copy is no jitter.
# Needs:    nasm; qemu-system-x86_64 on PATH, or apt-get with Debian 12's package lists and what that package depends on.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

qemu=$(command -v qemu-system-x86_64) || {
    apt-get download -q qemu-system-x86=1:7.2+dfsg-7+deb12u18+b3 >/dev/null
    dpkg -x ./*.deb root
    qemu=$work/root/usr/bin/qemu-system-x86_64
}
"$qemu" --version | head -n 1

cat >rep.asm <<'ASM'
        bits    16
        org     0x7c00
        cld
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
%macro measure 1
        mov     si, 0x8000
        mov     di, 0x9000
        mov     cx, %1
        rdtsc
        mov     ebx, eax
        rep movsb
        rdtsc
        sub     eax, ebx        ; mov, rdtsc, and what rep movsb took
        sub     eax, 2
        out     0xe9, al
%endmacro
        measure 0
        measure 1
        measure 100
        measure 200
        out     0xf4, al
        hlt
        times   510 - ($ - $$) db 0
        dw      0xaa55
ASM
nasm -f bin rep.asm -o rep.img

# With isa-debug-exit QEMU leaves with an odd code when the guest is done.
timeout 120 "$qemu" -display none -nodefaults -icount shift=0 -debugcon file:ticks -device isa-debug-exit,iobase=0xf4 \
    -drive format=raw,file=rep.img && code=0 || code=$?
(( code % 2 == 1 )) || { echo "the guest did not end (exit code $code)"; exit 1; }

seen=$(od -An -tu1 ticks | xargs)
[[ $seen == "1 2 101 201" ]] && echo "as stated: 0, 1, 100, 200 elements take $seen ticks" || { echo "CHANGED: 0, 1, 100, 200 elements take $seen ticks"; exit 1; }
