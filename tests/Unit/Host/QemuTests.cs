// Which QEMU boots, and what is known of it. Code: tools/RingOS.Host/Machines/Qemu.cs
using System;
using System.IO;
using RingOS.Host;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class QemuTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)", "  mitigation=<bool>      - on/off (default: true)", "7.2.22", true)]
    [InlineData("10.0.2 (Debian 1:10.0.2+ds-2+deb13u1)", "  multifunction=<bool>   - on/off (default: false)", "10.0.2", false)]
    public void ItIsAskedWhatItIs(string version, string properties, string number, bool hasMitigation)
    {
        Qemu qemu = Qemu.Of(Program($"QEMU emulator version {version}", properties));
        Assert.Equal((Version.Parse(number), hasMitigation), (qemu.Version, qemu.E1000HasMitigation));
    }

    [Fact]
    public void TheOneOfThisMachineIsKnown() => Assert.True(Qemu.Chosen.Version >= new Version(7, 2));

    [Theory]
    [InlineData("GNU bash, version 5.2.15(1)-release")]
    [InlineData("QEMU emulator version unknown")]
    [InlineData("")]
    public void WhatIsNoQemuIsRefused(string said) => AssertRefused("does not say its version", Program(said, ""));

    [Fact]
    public void WhatIsNotThereIsNamed() => AssertRefused("/no/such/qemu is no program; --qemu and RINGOS_QEMU name", "/no/such/qemu");

    [Fact]
    public void WhatCannotBeRunIsNamed()
    {
        string file = _folder["data"];
        File.WriteAllText(file, "QEMU emulator version 7.2.22");
        AssertRefused(" cannot be run: ", file);
    }

    private static void AssertRefused(string part, string program)
    {
        RingOsException failure = Assert.Throws<RingOsException>(() => Qemu.Of(program));
        Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(2, failure.ExitCode);
    }

    private string Program(string version, string properties)
    {
        string file = _folder["qemu"];
        File.WriteAllText(file, $"#!/bin/sh\ncase \"$1\" in\n--version) echo '{version}' ;;\n*) echo '{properties}' ;;\nesac\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
