#!/usr/bin/env pwsh
# Builds a bootable CD image of RingOS by ./ringos iso, which knows the placements and says what is wrong with a bad one.
# Only PowerShell's language and external programs are used here, no cmdlets: a test runs this very file. Next: ringos
param(
    # Where the NIC driver lives; ./ringos run --help lists the placements.
    [string] $Placement = 'ring3',

    # The image to write; ./ringos iso has a default.
    [string] $Output = ''
)

$ErrorActionPreference = 'Stop'
$ringos = [System.IO.Path]::Combine($PSScriptRoot, 'ringos')
if (-not [System.IO.File]::Exists($ringos)) {
    throw "iso-build.ps1 belongs beside the ringos launcher; there is none in $PSScriptRoot"
}

$arguments = @('iso', '--placement', $Placement)
if ($Output -ne '') {
    $arguments += @('--output', $Output)
}
& $ringos @arguments
exit $LASTEXITCODE
