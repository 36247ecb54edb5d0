// One driver, any ring: every image is compiled from the same driver assembly, to the byte. Next: KernelImageTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Compares the assemblies that the images' builds handed to the compiler.</summary>
public sealed class SameDriverTests
{
    private const string Kernel = "RingOS.Kernel.Native";
    private const string DriverPrefix = "RingOS.Drivers.";
    private const string ServicePrefix = "RingOS.NicService.";

    public static TheoryData<string> Drivers => [.. Names];

    private static IEnumerable<string> Names
        => SourceTree.Files("*.csproj", "drivers/nic").Select(static path => Path.GetFileNameWithoutExtension(path)!);

    [Theory]
    [MemberData(nameof(Drivers))]
    public void SameDriverAssemblyInEveryImage(string driver)
    {
        string expected = HashOf(SourceTree.Assembly(driver));
        Assert.Equal(expected, HashOf(SourceTree.Built(Kernel, driver + ".dll")));
        Assert.Equal(expected, HashOf(SourceTree.Built(ServiceOf(driver), driver + ".dll")));
    }

    [Theory]
    [MemberData(nameof(Drivers))]
    public void NoImageIsOlderThanItsDriver(string driver)
        => Assert.All([Kernel, ServiceOf(driver)], image =>
        {
            DateTime linked = File.GetLastWriteTimeUtc(SourceTree.Built(image, image + ".elf"));
            DateTime compiled = File.GetLastWriteTimeUtc(SourceTree.Built(image, driver + ".dll"));
            Assert.True(compiled <= linked, $"{image}.elf is older than {driver}.dll");
        });

    [Theory]
    [MemberData(nameof(Drivers))]
    public void AServiceHasNoOtherDriver(string driver)
    {
        string folder = Path.GetDirectoryName(SourceTree.Built(ServiceOf(driver), ServiceOf(driver) + ".elf"))!;
        Assert.Equal([driver], Directory.EnumerateFiles(folder, DriverPrefix + "*.dll").Select(static file => Path.GetFileNameWithoutExtension(file)));
    }

    private static string ServiceOf(string driver) => ServicePrefix + driver[DriverPrefix.Length..];

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
