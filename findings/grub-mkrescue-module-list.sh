#!/usr/bin/env bash
# grub-mkrescue: a module list that works stops working when another platform's modules are installed.
#
# Versions: Debian 12: grub-common, grub-pc-bin, grub-efi-amd64-bin 2.06-13+deb12u1, xorriso 1.5.4, mtools 4.0.32.
# Belief:   --install-modules names what goes into the image for the platform that it is meant for; a platform that has no such module
#           does without it, and installing one more package of modules can only add a way to boot.
# Seen:     the list is applied to every platform found in /usr/lib/grub. "biosdisk", which a list for BIOS CDs commonly names, is missing
#           for x86_64-efi, so the command that wrote a BIOS image fails with exit code 1 and writes nothing as soon as
#           grub-efi-amd64-bin is there. The same list without biosdisk writes an image that has both: GRUB puts biosdisk into the BIOS
#           core image by itself.
# Matters:  an ISO build breaks on the machine of whoever has installed GRUB for UEFI, by nothing in the build's own files.
# Needs:    apt-get with Debian 12's package lists, unshare (mount namespace), xorriso, mtools.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fetch() { apt-get download -q "$@" >/dev/null && for package in ./*.deb; do dpkg -x "$package" "$1-root"; done && rm ./*.deb; }
version=2.06-13+deb12u1
fetch "grub-pc-bin=$version"
fetch "grub-efi-amd64-bin=$version"
fetch "grub-common=$version"
mv "grub-pc-bin=$version-root" pc
mv "grub-efi-amd64-bin=$version-root" efi
mv "grub-common=$version-root" common
mkdir -p tree/boot/grub both
echo 'halt' >tree/boot/grub/grub.cfg
cp -r pc/usr/lib/grub/i386-pc efi/usr/lib/grub/x86_64-efi both/

# $1: folder that stands where /usr/lib/grub is; $2: the module list.
mkrescue() {
    unshare --mount sh -c '
        mkdir -p /usr/lib/grub /usr/share/grub
        mount --bind "$1" /usr/lib/grub
        mount --bind "$2/usr/share/grub" /usr/share/grub
        exec "$2/usr/bin/grub-mkrescue" --output image.iso "--install-modules=$3" --fonts= --themes= --locales= tree
    ' sh "$1" "$work/common" "$2" >log 2>&1
}

failures=0
expect() { # what was expected, what was seen
    [[ $1 == "$2" ]] && echo "as stated: $3" || { echo "CHANGED: $3 (expected $1, saw $2)"; failures=1; }
}

with="multiboot2 normal iso9660 biosdisk serial terminal"
without="multiboot2 normal iso9660 serial terminal"

rm -f image.iso; mkrescue "$work/pc/usr/lib/grub" "$with" && code=0 || code=$?
expect 0 "$code" "only i386-pc is installed: the list with biosdisk is taken"

rm -f image.iso; mkrescue "$work/both" "$with" && code=0 || code=$?
expect 1 "$code" "x86_64-efi is installed too: the same command fails"
expect yes "$(grep -q 'x86_64-efi/biosdisk.mod' log && echo yes || echo no)" "it asks for x86_64-efi/biosdisk.mod"
expect no "$([[ -e image.iso ]] && echo yes || echo no)" "and no image is written"

rm -f image.iso; mkrescue "$work/both" "$without" && code=0 || code=$?
expect 0 "$code" "without biosdisk the list is taken for both"
expect 2 "$(xorriso -indev image.iso -report_el_torito plain 2>/dev/null | grep -c 'El Torito boot img :.*\(BIOS\|UEFI\)')" "and the image has a BIOS and a UEFI boot entry"

exit "$failures"
