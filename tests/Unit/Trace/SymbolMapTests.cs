// Addresses to methods. Code: tools/RingOS.Trace/SymbolMap.cs. Next: LayerMapTests.cs
using System;
using RingOS.Trace;
using Xunit;

namespace RingOS.Tests.Unit.Trace;

public class SymbolMapTests
{
    [Fact]
    public void FindsMethodsWithLoadBias()
    {
        SymbolMap map = new(
        [
            new ImageSymbols("iperf", 0x10_0000_0000, [("Program__Main", 0x1000, 0x20), ("Program__Send", 0x1040, 0x10)]),
            new ImageSymbols("net", 0x20_0000_0000, [("Program__Main", 0x1000, 0x20)]),
        ]);
        Assert.Equal(("iperf", "Program__Main"), Named(map, 0x10_0000_1000));
        Assert.Equal(("iperf", "Program__Main"), Named(map, 0x10_0000_101F));
        Assert.Equal(("iperf", "Program__Send"), Named(map, 0x10_0000_1040));
        Assert.Equal(("net", "Program__Main"), Named(map, 0x20_0000_1000));
        Assert.NotSame(map.MethodAt(0x10_0000_1000), map.MethodAt(0x20_0000_1000));
    }

    [Theory]
    [InlineData(0x10_0000_0FFFul)] // below the first
    [InlineData(0x10_0000_1020ul)] // between two
    [InlineData(0x10_0000_1050ul)] // behind the last
    [InlineData(0x1000ul)] // without the bias
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void OtherAddressesAreUnknown(ulong address)
    {
        SymbolMap map = Single("iperf", 0x10_0000_0000, ("Program__Main", 0x1000, 0x20), ("Program__Send", 0x1040, 0x10));
        Assert.Same(map.Unknown, map.MethodAt(address));
        Assert.Equal(-1, map.RangeAt(address));
    }

    [Fact]
    public void LabelsReachToTheNextSymbolButNotFar()
    {
        SymbolMap map = Single("kernel", 0, ("entry32", 0x10_0000, 0), ("syscall_entry", 0x20_0000, 0), ("Kernel__Main", 0x20_0100, 0x40));
        Assert.Equal("syscall_entry", map.MethodAt(0x20_00FF).Name);
        Assert.Equal("Kernel__Main", map.MethodAt(0x20_0100).Name);
        Assert.Equal("entry32", map.MethodAt(0x10_0FFF).Name);
        Assert.Same(map.Unknown, map.MethodAt(0x10_1000));
    }

    [Fact]
    public void LocalLabelsBelongToTheirRoutine()
    {
        SymbolMap map = Single("kernel", 0,
            ("copy_user", 0x100, 0), ("copy_user.bytes", 0x110, 0), ("..@7.again", 0x118, 0), ("next", 0x120, 0));
        Assert.Same(map.MethodAt(0x100), map.MethodAt(0x11C));
        Assert.Equal("copy_user", map.MethodAt(0x11C).Name);
        Assert.Equal("copy_user.bytes", map.Ranges[map.RangeAt(0x11C)].Label);
    }

    [Theory]
    [InlineData("trap_handler", 0x40ul, "Kernel_Cpu__Trap", 0x40ul, "Kernel_Cpu__Trap")]
    [InlineData("Kernel_Cpu__Trap", 0x40ul, "trap_handler", 0x40ul, "Kernel_Cpu__Trap")]
    [InlineData("kernel_text_start", 0ul, "start", 0x40ul, "start")]
    [InlineData("__text_start", 0ul, "start", 0ul, "start")]
    [InlineData("start.again", 0ul, "start2", 0ul, "start2")]
    [InlineData("RhpCheckedAssignRef", 0ul, "RhpAssignRef", 0ul, "RhpAssignRef")]
    public void TheMostTellingOfTwoNamesIsKept(string one, ulong oneSize, string other, ulong otherSize, string expected)
    {
        SymbolMap map = Single("kernel", 0, (one, 0x100, oneSize), (other, 0x100, otherSize));
        Assert.Equal(expected, map.MethodAt(0x100).Name);
        Assert.Single(map.Ranges);
    }

    [Fact]
    public void ImagesThatOverlapAreRefused()
    {
        ImageSymbols iperf = new("iperf", 0, [("Program__Main", 0x1000, 0x20)]);
        ImageSymbols net = new("net", 0, [("Program__Main", 0x1010, 0x20)]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SymbolMap([iperf, net]));
        Assert.Contains("iperf and net", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramMayLieBetweenTwoPartsOfAnother()
    {
        SymbolMap map = new(
        [
            new ImageSymbols("kernel", 0, [("entry32", 0x10_0000, 0), ("Kernel__Main", 0xFFFF_FFFF_8000_0000, 0x40)]),
            new ImageSymbols("iperf", 0x10_0000_0000, [("Program__Main", 0, 0x40)]),
        ]);
        Assert.Equal("iperf", map.MethodAt(0x10_0000_0001).Image);
    }

    private static SymbolMap Single(string image, ulong loadBias, params (string Name, ulong Address, ulong Size)[] symbols)
        => new([new ImageSymbols(image, loadBias, symbols)]);

    private static (string Image, string Name) Named(SymbolMap map, ulong address)
        => (map.MethodAt(address).Image, map.MethodAt(address).Name);
}
