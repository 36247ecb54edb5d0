// udpecho against a scripted kernel. Back to: FakeMachine.cs
using System.Collections.Generic;
using System.Text.Json;
using RingOS.Abi;
using RingOS.UdpEcho;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

[Collection("Program")]
public sealed class UdpEchoTests
{
    private readonly FakeMachine _machine = new();
    private byte _next;

    public UdpEchoTests() => _machine.Arrival = () => [_next++, 7];

    [Fact]
    public void SendsBackWhatCame()
    {
        Assert.Equal(0, Run("-p 9000 -n 3"));
        Assert.Equal<IEnumerable<byte[]>>([[0, 7], [1, 7], [2, 7], [3, 7]], _machine.Sent);
        Assert.All(_machine.SentTo, to => Assert.Equal((0x0A000202u, 5001), (to.Address, to.Port)));
        Assert.Equal("Server listening on UDP port 9000", _machine.Lines[0]);
        Assert.Equal(9000, _machine.BoundPort);
    }

    [Fact]
    public void TheFirstEchoIsNotCounted()
    {
        Run("-n 3");
        JsonElement window = JsonDocument.Parse(_machine.Lines[^1]).RootElement;
        Assert.Equal("udpecho window: {Datagrams} round trips in {WindowTicks} ticks", window.GetProperty("@mt").GetString());
        Assert.Equal((3, 3), (window.GetProperty("Datagrams").GetInt64(), window.GetProperty("Interrupts").GetInt64()));
    }

    [Fact]
    public void SilenceEndsIt()
    {
        _machine.Arrival = () => _next++ < 2 ? [1] : null;
        Assert.Equal(1, Run("-n 3 -t 5"));
        Assert.Equal([5_000_000_000u], _machine.Timeouts);
        Assert.Equal("udpecho: Connection timed out after 1 counted datagrams", _machine.Lines[^1]);
    }

    [Fact]
    public void ADatagramWithoutAWayBackEndsNothing()
    {
        _machine.WriteOutcome = static number => number is 0 or 2 ? Status.InvalidArgument : Status.Ok;
        Assert.Equal(0, Run("-n 3"));
        Assert.Equal<IEnumerable<byte[]>>([[1, 7], [3, 7], [4, 7], [5, 7]], _machine.Sent);
        Assert.Equal("udpecho: could not send back 2 datagrams, the last one for: Invalid argument", _machine.Lines[^1]);
    }

    // What became of an earlier answer is no reason to stop listening.
    [Theory]
    [InlineData(Status.HostUnreachable)]
    [InlineData(Status.ConnectionRefused)]
    [InlineData(Status.IoError)]
    public void ALostAnswerEndsNothing(Status report)
    {
        _machine.EmptyInbox = report;
        _machine.Arrival = () => _next++ % 3 == 1 ? null : [_next, 7];
        Assert.Equal(0, Run("-n 5"));
    }

    [Fact]
    public void AServiceThatIsGoneEndsItAllTheSame()
    {
        _machine.EmptyInbox = Status.IoError;
        int step = 0;
        _machine.Arrival = () => step++ < 2 ? [1] : null;
        Assert.Equal(1, Run("-n 3"));
        Assert.Equal("udpecho: Input/output error after 1 counted datagrams", _machine.Lines[^1]);
    }

    [Theory]
    [InlineData("-p 0")]
    [InlineData("-p 65536")]
    [InlineData("-n 0")]
    [InlineData("-n")]
    [InlineData("-x 1")]
    [InlineData("1 2")]
    public void RefusesInOneLine(string words)
    {
        Assert.Equal(1, Run(words));
        Assert.StartsWith("udpecho: bad option or value: ", Assert.Single(_machine.Lines));
    }

    [Fact]
    public void SaysWhyItCannotListen()
    {
        _machine.BindOutcome = Status.AddressInUse;
        Assert.Equal(1, Run("-n 1"));
        Assert.Equal("udpecho: bind: Address already in use", Assert.Single(_machine.Lines));
    }

    private static int Run(string arguments) => UdpEchoCommand.Run(FakeMachine.CommandLine("udpecho " + arguments));
}
