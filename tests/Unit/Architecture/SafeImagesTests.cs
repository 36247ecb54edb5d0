// What is linked into which image: every grant is checked but in one kernel, and no driver can be told to misbehave but in another.
// Subjects: lib/Hardware/unchecked, drivers/hosts/Faulty. Back to: SafeDriverTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using RingOS.Host.Boot;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Looks for symbols in the built images.</summary>
public sealed class SafeImagesTests
{
    private const string Violation = "GrantViolation";
    private const string Injector = "fault_clear_write_protect"; // drivers/hosts/Faulty/native/faults.asm

    // Below the driver, or beside it; the fault injector's native acts are for the placements without this wall.
    private static readonly string[] s_trusted =
    [
        "RingOS.CoreLib", "RingOS.Abi", "RingOS.Hardware", "RingOS.Net", "RingOS.Kernel", "RingOS.Kernel.Placement", "RingOS.Hosts.Direct",
        "RingOS.Hosts.Server", "RingOS.Hosts.Software", "RingOS.Hosts.Faulty.Native",
    ];

    [Theory]
    [InlineData("RingOS.Kernel.Native", true, false)]
    [InlineData("RingOS.NicService.E1000", true, false)]
    [InlineData("RingOS.NicService.E1000e", true, false)]
    [InlineData("RingOS.NicService.Bcm5721", true, false)]
    [InlineData("RingOS.Kernel.Faulty", true, true)]
    [InlineData("RingOS.Test.FaultInjector", true, true)]
    [InlineData("RingOS.Kernel.Unchecked", false, false)]
    public void AnImageHasTheChecksAndNoFaults(string image, bool isChecked, bool isFaulty)
    {
        ElfFile elf = ElfFile.Read(SourceTree.Built(image, image + ".elf"));
        Assert.Equal(isChecked, elf.Symbols.Any(static symbol => symbol.Name.Contains(Violation, StringComparison.Ordinal)));
        Assert.Equal(isFaulty, elf.Symbols.Any(static symbol => symbol.Name == Injector));
    }

    // What can be in the driver of placement `software`: whatever is in its kernel's image and is not named here passes the rules for drivers.
    [Theory]
    [InlineData("RingOS.Kernel.Native")]
    [InlineData("RingOS.Kernel.Faulty")]
    [InlineData("RingOS.Test.DriverFaultKernel")]
    public void WhateverIsNotTrustedIsChecked(string image)
    {
        string folder = Path.GetDirectoryName(SourceTree.Assembly(image))!;
        List<string> checkedOnes = [.. Directory.EnumerateFiles(folder, "*.dll").Where(path => !IsTrusted(Path.GetFileNameWithoutExtension(path), image))];
        Assert.Contains(checkedOnes, static path => path.EndsWith("RingOS.Drivers.E1000.dll", StringComparison.Ordinal));
        Assert.All(checkedOnes, static path => Assert.Empty(SafeDriverTests.CheckDriver(path)));
    }

    private static bool IsTrusted(string assembly, string image) => assembly == image || s_trusted.Contains(assembly);

    [Fact]
    public void TheArchiveOfEveryDayHasNoFaultInjector()
        => Assert.DoesNotContain(ProgramTable.All, static program => program == ProgramTable.FaultInjector);
}
