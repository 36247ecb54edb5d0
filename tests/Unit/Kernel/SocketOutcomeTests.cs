// write() when it waits for the NIC's report, and what it says while there is no driver. Subjects: kernel/sockets/Socket.cs,
// SocketLayer.cs. Back to: SocketTests.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Sockets;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class SocketOutcomeTests : IDisposable
{
    private const ulong Second = 1_000_000_000;

    private readonly FakeCpu _cpu = new();
    private readonly Machine _machine = new(threads: 2);
    private readonly FakeSocketLayer _layer = new() { WaitsForOutcome = true };
    private readonly UserBuffer _buffer = new(4096);
    private readonly Socket _socket;

    public SocketOutcomeTests()
    {
        SocketPool pool = new(_layer, new UserMemory(_machine.Counters), _machine.Scheduler);
        Assert.Equal(Status.Ok, pool.Open(SocketKind.Datagram, out Socket? socket));
        _socket = socket!;
        _layer.Calls.Clear();
    }

    public void Dispose()
    {
        _machine.Dispose();
        _layer.Dispose();
        _buffer.Dispose();
        _cpu.Dispose();
    }

    [Fact]
    public void WhatProgramsAreToldOfAnAbsentDriverDependsOnWhoLooksAfterIt()
    {
        Assert.Equal(Status.IoError, _layer.Absence);
        _layer.IsSupervised = true;
        Assert.Equal(Status.NoBufferSpace, _layer.Absence);
        _layer.Answers.Enqueue(Status.PeerGone);
        Assert.Equal(-(long)Status.NoBufferSpace, _socket.Write(_machine.Boot, _buffer.Address, 1));
        _layer.Abandon();
        Assert.Equal((true, Status.NetworkDown), (_layer.IsDown, _layer.Absence));
        _layer.Answers.Enqueue(Status.PeerGone);
        Assert.Equal(-(long)Status.NetworkDown, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Contains("wake", _layer.Calls);
    }

    [Fact]
    public void AStackThatIsGoneIsAnErrorAlsoIfItsDriverIsLookedAfter()
    {
        _layer.IsSupervised = true;
        _layer.GoDown();
        Assert.Equal(Status.IoError, _layer.Absence);
    }

    [Theory]
    [InlineData(Status.Ok, 1L)]
    [InlineData(Status.IoError, -(long)Status.IoError)]
    [InlineData(Status.PeerGone, -(long)Status.IoError)]
    public void AWriteThatWaitsAsksUntilThereIsAnOutcome(Status outcome, long expected)
    {
        foreach (Status answer in new[] { Status.Ok, Status.WouldBlock, Status.WouldBlock, outcome })
            _layer.Answers.Enqueue(answer);
        Assert.Equal(expected, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(["send 5 1 1 0", "outcome 5", "wait", "outcome 5", "wait", "outcome 5"], _layer.Calls);
    }

    [Fact]
    public void AWriteThatCouldNotBeQueuedWaitsForNothing()
    {
        _layer.Answers.Enqueue(Status.NoBufferSpace);
        Assert.Equal(-(long)Status.NoBufferSpace, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(["send 5 1 1 0"], _layer.Calls);
    }

    [Fact]
    public void AWriteThatWaitsGivesUpInTimeOrWhenTheStackIsGone()
    {
        _layer.WhenWaiting = deadline => _machine.Processor.Time = deadline;
        foreach (Status answer in new[] { Status.Ok, Status.WouldBlock, Status.WouldBlock })
            _layer.Answers.Enqueue(answer);
        ulong start = _machine.Now;
        Assert.Equal(-(long)Status.IoError, _socket.Write(_machine.Boot, _buffer.Address, 1));
        Assert.Equal(5 * Second, _machine.Now - start);
        _layer.WhenWaiting = _ => _layer.Abandon();
        foreach (Status answer in new[] { Status.Ok, Status.WouldBlock, Status.WouldBlock })
            _layer.Answers.Enqueue(answer);
        Assert.Equal(-(long)Status.NetworkDown, _socket.Write(_machine.Boot, _buffer.Address, 1));
    }
}
