// The guest's side of a fault: what it is told and when it does it. Subject: drivers/hosts/Faulty. Next: FaultTrialTests.cs
using System;
using System.Text;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Faulty;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class FaultRequestTests
{
    [Theory]
    [InlineData("wild-write@ffffffff80123000,after=1200", FaultKind.WildWrite, 0xFFFF_FFFF_8012_3000, 1200)]
    [InlineData("wild-write@0", FaultKind.WildWrite, 0, 100)]
    [InlineData("wild-dma,after=7", FaultKind.WildDma, 0, 7)]
    [InlineData("privileged", FaultKind.Privileged, 0, 100)]
    [InlineData("loop,after=1", FaultKind.Loop, 0, 1)]
    [InlineData("exit", FaultKind.Exit, 0, 100)]
    [InlineData("", FaultKind.None, 0, 100)]
    public void ARequestIsRead(string text, FaultKind kind, ulong address, ulong after)
    {
        FaultRequest? request = Parse(text);
        Assert.NotNull(request);
        Assert.Equal((kind, address, after), (request.Kind, request.Address, request.After));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("loops")]
    [InlineData("loop,")]
    [InlineData("loop,after=")]
    [InlineData("loop,after=0")]
    [InlineData("loop,after=1x")]
    [InlineData("loop,after=1234567890")]
    [InlineData("loop,before=1")]
    [InlineData("wild-write@")]
    [InlineData("wild-write@12g")]
    [InlineData("wild-write@FF")]
    [InlineData("wild-write@00000000000000001")]
    [InlineData("@12")]
    [InlineData(",after=1")]
    public void NonsenseIsRefused(string text) => Assert.Null(Parse(text));

    [Fact]
    public void TheFaultComesOnceWithItsFrameAndEverythingElseIsPassedOn()
    {
        Recorder recorder = new();
        FaultyDriver driver = new(recorder, new FaultRequest(FaultKind.WildWrite, 0x1000, after: 3), recorder);
        for (ushort packet = 1; packet <= 5; packet++)
            Assert.Equal(Status.NoBufferSpace, driver.ProvideTransmit(new PacketIndex(packet), 60, TransmitOptions.MoreFollows));
        driver.FlushTransmit();
        driver.OnInterrupt();
        driver.Stop();
        Assert.Equal("frame 1, frame 2, write 1000, frame 3, frame 4, frame 5, flush, interrupt, stop, ", recorder.Said);
        Assert.Equal((7ul, NicCapabilities.UdpChecksum, 9ul), (driver.MacAddress, driver.Capabilities, driver.ReadCounter(NicCounter.Deferred)));
        Assert.Equal((Status.TimedOut, Status.Busy), (driver.Start(), driver.ProvideReceive(new PacketIndex(1))));
    }

    [Theory]
    [InlineData(FaultKind.None, "")]
    [InlineData(FaultKind.WildDma, "descriptor, ")]
    [InlineData(FaultKind.Privileged, "privilege, ")]
    [InlineData(FaultKind.Exit, "end, ")]
    public void EachKindIsItsAct(FaultKind kind, string act)
    {
        Recorder recorder = new();
        FaultyDriver driver = new(recorder, new FaultRequest(kind, 0, after: 1), recorder);
        _ = driver.ProvideTransmit(new PacketIndex(1), 60, TransmitOptions.None);
        Assert.Equal(act + "frame 1, ", recorder.Said);
    }

    [Fact]
    public void WithoutAddressesADriverReachesOutOfItsGrantAndIsStopped()
    {
        byte[] memory = new byte[8192];
        unsafe
        {
            fixed (byte* start = memory)
            {
                NicGrant grant = new(new MappedMmioRegion((nint)start, 4096), new DmaRegion((nint)start, default, 4096), null!, null!);
                GrantActs acts = new(grant);
                AssertStopped("register write outside the granted window", () => acts.WriteAt(0x1000));
                AssertStopped("DMA access outside the granted region", acts.WriteDescriptor);
            }
        }
        Assert.Equal(new byte[memory.Length], memory);
    }

    private static void AssertStopped(string why, Action act) => Assert.Equal(why, Assert.Throws<InvalidOperationException>(act).Message);

    private static FaultRequest? Parse(string text) => FaultWords.Parse(Encoding.ASCII.GetBytes(text));

    private sealed class Recorder : INicDriver, IFaultActs
    {
        private readonly StringBuilder _said = new();

        public string Said => _said.ToString();

        public ulong MacAddress => 7;

        public NicCapabilities Capabilities => NicCapabilities.UdpChecksum;

        public Status Start() => Status.TimedOut;

        public void Stop() => Say("stop");

        public void FlushTransmit() => Say("flush");

        public Status ProvideReceive(PacketIndex packet) => Status.Busy;

        public void OnInterrupt() => Say("interrupt");

        public ulong ReadCounter(NicCounter counter) => counter == NicCounter.Deferred ? 9u : 0u;

        public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
        {
            Assert.Equal(60, length);
            Say($"frame {packet.Value}");
            return Status.NoBufferSpace;
        }

        public void WriteAt(ulong address) => Say($"write {address:x}");

        public void WriteDescriptor() => Say("descriptor");

        public void UsePrivilege() => Say("privilege");

        public void End() => Say("end");

        private void Say(string what) => _said.Append(what).Append(", ");
    }
}
