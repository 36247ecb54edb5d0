// What a peer says of its own ways into the kernel. Code: userland/apps/primitives/PeerCosts.cs. Next: PingTests.cs
using RingOS.Abi;
using RingOS.Primitives;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class PeerCostsTests : FakeKernel
{
    private const ulong KernelHalf = 0xFFFF_E020_0000_0000;
    private const ulong UserHalf = 0x20_0000_0000;
    private const ulong TicksOfNull = 37;

    private readonly FakeMachine _machine = new() { TicksPerLook = 0 };
    private ulong _now;

    public PeerCostsTests() => Syscall.Kernel = this;

    [Fact]
    public void APeerInRing1MeasuresWhatItIsAskedFor()
    {
        MessageRegisters message = PeerCosts.Ask(Options("primitives"));
        PeerCosts.Answer(ref message, KernelHalf);
        Assert.Equal((TicksOfNull, TicksOfNull, TicksOfNull), (message.Word0, message.Word1, message.Word2));
        Assert.Contains("\"Ring1Syscall\":37,\"Ring1Interrupt\":37,\"Ring1CallGate\":37", Told(message), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("primitives --entries none", "\"Ring1Syscall\":37}")]
    [InlineData("primitives --entries int", "\"Ring1Syscall\":37,\"Ring1Interrupt\":37}")]
    [InlineData("primitives --entries gate", "\"Ring1Syscall\":37,\"Ring1CallGate\":37}")]
    public void ClosedWaysAreNotTried(string command, string end)
    {
        MessageRegisters message = PeerCosts.Ask(Options(command));
        PeerCosts.Answer(ref message, KernelHalf);
        Assert.EndsWith(end, Told(message), System.StringComparison.Ordinal);
    }

    [Fact]
    public void APeerInRing3IsNotTakenForOneInRing1()
    {
        MessageRegisters message = PeerCosts.Ask(Options("primitives"));
        PeerCosts.Answer(ref message, UserHalf);
        Assert.DoesNotContain("Ring1", Told(message), System.StringComparison.Ordinal);
    }

    [Fact]
    public void OtherMessagesStayAsTheyAre()
    {
        MessageRegisters message = new() { Word0 = 1, Word1 = 2, Word2 = 3, Word3 = 4 };
        PeerCosts.Answer(ref message, KernelHalf);
        Assert.Equal((1u, 2u, 3u, 4u), (message.Word0, message.Word1, message.Word2, message.Word3));
        message = new() { Badge = RingOS.Abi.Message.NotificationBadge, Word0 = PeerCosts.Request };
        PeerCosts.Answer(ref message, KernelHalf);
        Assert.Equal(PeerCosts.Request, message.Word0);
        Assert.Equal(0u, _now);
    }

    [Fact]
    public void APeerThatOnlyEchoesIsNotTakenForOneInRing1()
        => Assert.DoesNotContain("Ring1", Told(PeerCosts.Ask(Options("primitives"))), System.StringComparison.Ordinal);

    [Fact]
    public void NoTurnsAreTakenForOne()
    {
        MessageRegisters message = PeerCosts.Ask(Options("primitives"));
        message.Word1 = 0;
        PeerCosts.Answer(ref message, KernelHalf);
        Assert.Equal(TicksOfNull, message.Word0);
    }

    public override ulong ReadTimeStamp() => _now;

    public override long Invoke(SyscallNumber number, ulong first, ulong second)
    {
        Assert.Equal(SyscallNumber.Null, number);
        _now += TicksOfNull;
        return 0;
    }

    private static PrimitivesOptions Options(string command)
    {
        PrimitivesOptions options = new();
        Assert.True(options.TryParse(FakeMachine.CommandLine(command), new TextBuffer(80)));
        return options;
    }

    private string Told(MessageRegisters answer)
    {
        EventLine line = new EventLine().Begin(FakeMachine.BootWall, "primitives: test"u8);
        PeerCosts.Report(line, in answer);
        Syscall.Kernel = _machine;
        line.End();
        RingOS.User.Console.Flush();
        return _machine.Lines[^1];
    }
}
