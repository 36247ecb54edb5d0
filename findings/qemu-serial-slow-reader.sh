#!/usr/bin/env bash
# qemu-system-x86_64: the 16550 loses bytes that nobody is too slow for, if standard input is a pipe whose other end is closed.
#
# Versions: QEMU 7.2 (Debian 12, qemu-system-x86 1:7.2+dfsg-7+deb12u18+b3); Debian 13's 10.0 does the same.
# Belief:   a guest that sends a byte only when the line status register says "transmitter holding register empty" (THRE), however long that
#           takes, is slowed down by a full pipe behind -chardev stdio and loses nothing; what standard input is matters to what it reads.
# Seen:     a guest that polls THRE without end writes 400,000 bytes in lines of 8, and its reader lets the pipe (64 KiB) fill and then reads in
#           pieces. With standard input from /dev/null, or from a pipe that stays open, all arrive. With a pipe whose writer has ended, which
#           is what most libraries leave behind that start a program and "close its input", some thousand bytes are missing and lines are torn.
#           QEMU's exit code and its errors say nothing of it.
# Matters:  a harness that closes the input of the QEMU it started reads torn lines whenever it is busy, and only then.
# Needs:    nasm, qemu-system-x86_64 on PATH.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
qemu-system-x86_64 --version | head -n 1

cat >lines.asm <<'ASM'
        bits    16
        org     0x7c00
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7c00
        mov     dx, 0x3fb       ; line control: 8 bits
        mov     al, 3
        out     dx, al
        mov     dx, 0x3fa       ; FIFOs on and empty
        mov     al, 7
        out     dx, al
        xor     esi, esi
.line:  mov     edi, esi        ; seven hexadecimal digits and a line feed
        mov     cx, 7
.digit: rol     edi, 4
        mov     eax, edi
        and     al, 15
        cmp     al, 10
        jb      .put
        add     al, 'a' - '0' - 10
.put:   add     al, '0'
        call    send
        loop    .digit
        mov     al, 10
        call    send
        add     esi, 16
        cmp     esi, 16 * 50000
        jb      .line
        mov     al, 0
        out     0xf4, al
        hlt
send:   mov     ah, al
        mov     dx, 0x3fd       ; line status
.wait:  in      al, dx
        test    al, 0x20        ; THRE
        jz      .wait
        mov     dx, 0x3f8
        mov     al, ah
        out     dx, al
        ret
        times   510 - ($ - $$) db 0
        dw      0xaa55
ASM
nasm -f bin lines.asm -o lines.img

guest() {
    timeout 300 qemu-system-x86_64 -display none -nodefaults -monitor none -chardev stdio,id=serial0,signal=off -serial chardev:serial0 \
        -device isa-debug-exit,iobase=0xf4 -drive format=raw,file=lines.img || true
}
in_pieces() { sleep 1; while piece=$(dd bs=4096 count=1 2>/dev/null | base64 -w 0) && [[ -n $piece ]]; do base64 -d <<<"$piece"; sleep 0.01; done; }

failures=0
expect() { (($2)) && echo "as stated: $1" || { echo "CHANGED: $1"; failures=1; }; }
whole() { grep -cE '^[0-9a-f]{7}$' "$1"; }

guest </dev/null | in_pieces >null
mkfifo held && exec 9<>held
guest <&9 | in_pieces >open
exec 9>&-
guest < <(true) | in_pieces >ended
guest < <(true) | cat >quick
for name in null open ended quick; do echo "$name: $(stat -c %s $name) bytes, $(whole $name) whole lines"; done
expect "input from /dev/null: nothing is lost" "$(stat -c %s null) == 400000"
expect "input from a pipe that is open: nothing is lost" "$(stat -c %s open) == 400000"
expect "input from a pipe that has ended: bytes are lost" "$(stat -c %s ended) < 400000"
expect "and lines are torn" "$(whole ended) < 50000"
expect "but not if the reader is quick" "$(stat -c %s quick) == 400000"
exit "$failures"
