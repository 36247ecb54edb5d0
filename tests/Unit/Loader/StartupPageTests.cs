// What a program and a service are told, and which of their memory they may write. Subjects: StartupPage.cs, GrantMapper.cs
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Tests.Unit.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Loader;

public sealed class StartupPageTests
{
    private readonly LoaderBench _bench = new();

    [Fact]
    public void TheBlockHasItsSize() => Assert.Equal(StartupBlock.Size, Unsafe.SizeOf<StartupBlock>());

    [Fact]
    public void AProgramFindsItsArgumentsHeapAndTime()
    {
        StartupBlock block = Load(null);
        Assert.Equal(4ul, block.ArgumentCount);
        Assert.Equal("iperf\0-c\010.0.2.2\0-u\0", Encoding.ASCII.GetString(_bench.Read(ProcessLayout.StartupPage + StartupBlock.ArgumentsOffset, (int)block.ArgumentBytes)));
        Assert.Equal(_bench.Base.Value + ProcessLayout.Heap, block.HeapStart);
        Assert.Equal(0x3000ul, block.HeapLength);
        Assert.Equal((1_000_000_000ul, 77ul, 88ul), (block.TicksPerSecond, block.BootTicks, block.BootWallNanoseconds));
        Assert.All(_bench.Read(ProcessLayout.StartupPage + 7 * 8, StartupBlock.Size - 7 * 8), value => Assert.Equal(0, value));
        Assert.All(_bench.Read(ProcessLayout.StartupPage + StartupBlock.ArgumentsOffset + block.ArgumentBytes, 100), value => Assert.Equal(0, value));
    }

    [Fact]
    public void ADriverFindsItsGrantButNotThePackets()
    {
        StartupBlock block = Load(Grant(RingSide.Driver, seesPackets: false));
        ulong start = _bench.Base.Value;
        Assert.Equal((start + ProcessLayout.Registers, 0x2_0000ul), (block.RegistersAddress, block.RegistersLength));
        Assert.Equal((start + ProcessLayout.Dma, 0xD000ul, 0x4000ul), (block.DmaAddress, block.DmaDeviceAddress, block.DmaLength));
        Assert.Equal((0ul, 0xE000ul, 6ul), (block.PacketsAddress, block.PacketsDeviceAddress, block.PacketCount));
        Assert.Equal(start + ProcessLayout.EventRing, block.EventRingAddress);
        Assert.Null(_bench.Rights(ProcessLayout.Packets));

        HardwarePage[] registers = [.. _bench.Pages.Where(page => page.Virtual - start is >= ProcessLayout.Registers and < ProcessLayout.Dma)];
        Assert.Equal(0x20, registers.Length);
        Assert.All(registers, page => Assert.True(page.Uncached && page.Writable && !page.Executable));
        Assert.Equal(0xFEB0_0000ul, registers[0].Physical);
        Assert.Equal("RW", _bench.Rights(ProcessLayout.Dma + 0x3FFF));
        Assert.Null(_bench.Rights(ProcessLayout.Dma + 0x4000));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.EventRing));
        Assert.Equal("R", _bench.Rights(ProcessLayout.EventRing + 0x1000));
        Assert.Equal(start + ProcessLayout.RequestRing, block.RequestRingAddress);
        Assert.Equal("R", _bench.Rights(ProcessLayout.RequestRing));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.RequestRing + 0x1000));
        Assert.Equal((ulong)InterruptMode.Poll, block.InterruptMode);
    }

    [Fact]
    public void ANetworkStackFindsThePacketsAndTheOtherEndOfTheRing()
    {
        StartupBlock block = Load(Grant(RingSide.Stack, seesPackets: true));
        Assert.Equal(_bench.Base.Value + ProcessLayout.Packets, block.PacketsAddress);
        Assert.Equal("RW", _bench.Rights(ProcessLayout.Packets + 0x2FFF));
        Assert.Null(_bench.Rights(ProcessLayout.Packets + 0x3000));
        Assert.Equal("R", _bench.Rights(ProcessLayout.EventRing));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.EventRing + 0x1000));
        Assert.Equal("RW", _bench.Rights(ProcessLayout.RequestRing));
        Assert.Equal("R", _bench.Rights(ProcessLayout.RequestRing + 0x1000));
        Assert.Equal(0x72_1000ul, _bench.Pages.Single(page => page.Virtual == block.RequestRingAddress + 0x1000).Physical);
        Assert.Equal(0x70_0000ul, _bench.Pages.Single(page => page.Virtual == block.EventRingAddress).Physical);
        Assert.Equal(0x70_1000ul, _bench.Pages.Single(page => page.Virtual == block.EventRingAddress + 0x1000).Physical);
    }

    [Fact]
    public void GrantedMemoryIsNotTheServices()
    {
        var bench = new LoaderBench();
        var request = new ProgramRequest(LoaderBench.Image(), bench.Base, LoaderBench.Arguments("net")) { Grant = Grant(RingSide.Stack, true) };
        Assert.Equal(Status.Ok, ProgramLoader.Load(request, bench.Space, out LoadedProgram? program));
        bench.CheckInvariantsAndDestroy(program);
    }

    [Theory]
    [InlineData(0x1001ul, 6ul, 0xFEB0_0000ul)]
    [InlineData(ProcessLayout.MaximumGrant + 0x1000, 6ul, 0xFEB0_0000ul)]
    [InlineData(0x1000ul, 7ul, 0xFEB0_0000ul)] // half a page of packets
    [InlineData(0x1000ul, ulong.MaxValue, 0xFEB0_0000ul)]
    [InlineData(0x1000ul, 6ul, 0xFEB0_0010ul)] // other registers in the same page
    public void GrantsThatDoNotFitAreRefused(ulong registersLength, ulong packets, ulong registers)
    {
        var grant = new ServiceGrant
        {
            Registers = new(registers),
            RegistersLength = registersLength,
            Packets = new(0x60_0000),
            PacketCount = packets,
            ArePacketsVisible = true,
        };
        var request = new ProgramRequest(LoaderBench.Image(), _bench.Base, LoaderBench.Arguments("nic")) { Grant = grant };
        Assert.Equal(Status.InvalidArgument, ProgramLoader.Load(request, _bench.Space, out LoadedProgram? program));
        Assert.Null(program);
        _bench.CheckInvariantsAndDestroy(null);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("   ", "", 0)]
    [InlineData("hello", "hello\0", 1)]
    [InlineData("  ping   10.0.2.2 ", "ping\010.0.2.2\0", 2)]
    [InlineData("a b c", "a\0b\0c\0", 3)]
    public void WordsBecomeArguments(string text, string expected, int count)
    {
        ProgramArguments arguments = LoaderBench.Arguments(text);
        Assert.Equal(expected, Encoding.ASCII.GetString(arguments.Bytes));
        Assert.Equal(count, arguments.Count);
        Assert.Equal(expected.Split('\0')[0], Encoding.ASCII.GetString(arguments.Name));
    }

    [Fact]
    public void ArgumentsFillThePageAndNotMore()
    {
        byte[] text = Enumerable.Repeat((byte)'x', ProgramArguments.MaximumLength - 1).ToArray();
        Assert.Equal(Status.Ok, ProgramArguments.Parse(text, out ProgramArguments? longest));
        var request = new ProgramRequest(LoaderBench.Image(), _bench.Base, longest!);
        Assert.Equal(Status.Ok, ProgramLoader.Load(request, _bench.Space, out _));
        Assert.Equal([(byte)'x', (byte)0], _bench.Read(ProcessLayout.StartupPage + 4094, 2));
        Assert.Equal(Status.InvalidArgument, ProgramArguments.Parse([.. text, (byte)'x'], out ProgramArguments? tooLong));
        Assert.Null(tooLong);
        Assert.Equal(Status.InvalidArgument, ProgramArguments.Parse([.. text, (byte)' ', (byte)'x'], out _));
        Assert.Equal(Status.InvalidArgument, ProgramArguments.Parse("a\0b"u8, out _));
    }

    private static ServiceGrant Grant(RingSide side, bool seesPackets) => new()
    {
        Registers = new(0xFEB0_0000),
        RegistersLength = 0x2_0000,
        Dma = new(0x50_0000),
        DmaDevice = new DeviceAddress(0xD000),
        DmaLength = 0x4000,
        Packets = new(0x60_0000),
        PacketsDevice = new DeviceAddress(0xE000),
        PacketCount = 6,
        ArePacketsVisible = seesPackets,
        EventRing = new(0x70_0000),
        RequestRing = new(0x72_0000),
        Side = side,
        Interrupts = InterruptMode.Poll,
    };

    private StartupBlock Load(ServiceGrant? grant)
    {
        var request = new ProgramRequest(LoaderBench.Image(), _bench.Base, LoaderBench.Arguments("iperf -c 10.0.2.2 -u"))
        {
            HeapLength = 0x3000,
            TicksPerSecond = 1_000_000_000,
            BootTicks = 77,
            BootWallNanoseconds = 88,
            Grant = grant,
        };
        Assert.Equal(Status.Ok, ProgramLoader.Load(request, _bench.Space, out LoadedProgram? program));
        Assert.Equal(_bench.Base.Value + ProcessLayout.StartupPage, program!.StartupBlock.Value);
        return MemoryMarshal.Read<StartupBlock>(_bench.Read(ProcessLayout.StartupPage, StartupBlock.Size));
    }
}
