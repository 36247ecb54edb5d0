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
    private const string Service = "RingOS.NicService";

    public static TheoryData<string> Drivers => [.. Names];

    private static IEnumerable<string> Names
        => SourceTree.Files("*.csproj", "drivers/nic").Select(static path => Path.GetFileNameWithoutExtension(path)!);

    [Theory]
    [MemberData(nameof(Drivers))]
    public void SameDriverAssemblyInEveryImage(string driver)
    {
        string expected = HashOf(SourceTree.Assembly(driver));
        Assert.Equal(expected, HashOf(SourceTree.Built(Kernel, driver + ".dll")));
        Assert.Equal(expected, HashOf(SourceTree.Built(Service, driver + ".dll")));
    }

    [Theory]
    [InlineData(Kernel)]
    [InlineData(Service)]
    public void TheImageIsNotOlderThanItsDrivers(string image)
    {
        DateTime linked = File.GetLastWriteTimeUtc(SourceTree.Built(image, image + ".elf"));
        Assert.All(Names, driver =>
        {
            DateTime compiled = File.GetLastWriteTimeUtc(SourceTree.Built(image, driver + ".dll"));
            Assert.True(compiled <= linked, $"{image}.elf is older than {driver}.dll");
        });
    }

    private static string HashOf(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
