// Whose turn it is, from the tool's side; the machine is a thread of the test, or memory that somebody has damaged. Subject:
// tools/RingOS.RemoteDevices/MachineTurn.cs. Next: WatchedGuestTests.cs
using System;
using System.IO;
using System.Threading;
using RingOS.Instrument;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class MachineTurnTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly MachineTurn _turn = new(new RegisterEffect[64]);

    public void Dispose() => _turn.Dispose();

    [Fact]
    public void AMachineThatRunsIsWaitedForUntilTheLimit()
        => Assert.Equal(MachineState.Runs, _turn.Wait(TimeSpan.FromMilliseconds(1), CancellationToken.None));

    [Fact]
    public void TurnsAlternate()
    {
        for (int round = 0; round < 100; round++)
        {
            using ManualResetEventSlim start = new();
            Thread machine = new(() =>
            {
                start.Wait();
                Write(StateOffset, MachineState.Idle);
            });
            machine.Start();
            start.Set();
            Assert.Equal(MachineState.Idle, _turn.Wait(s_patience, CancellationToken.None));
            Assert.Equal(MachineState.Idle, _turn.Wait(s_patience, CancellationToken.None)); // asking does not change it
            Assert.True(_turn.Pass());
            Assert.Equal(MachineState.Runs, _turn.State);
            machine.Join();
        }
    }

    [Fact]
    public void WhatIsGoneStaysGone()
    {
        _turn.End();
        Assert.False(_turn.Pass());
        Assert.Equal(MachineState.Gone, _turn.Wait(s_patience, CancellationToken.None));
    }

    [Fact]
    public void TheEndOfAMachineEndsTheWait()
    {
        Thread end = new(_turn.End);
        end.Start();
        Assert.Equal(MachineState.Gone, _turn.Wait(s_patience, CancellationToken.None));
        end.Join();
    }

    [Fact]
    public void AWaitCanBeCancelled()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.CancelAfter(1);
        Assert.ThrowsAny<OperationCanceledException>(() => _turn.Wait(s_patience, cancelled.Token));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void AStateThatIsNoneMeansThatTheMachineIsGone(int state)
    {
        Write(StateOffset, state);
        Assert.Equal(MachineState.Gone, _turn.Wait(s_patience, CancellationToken.None));
        Assert.False(_turn.Pass());
    }

    [Theory]
    [InlineData(MachineTurn.MostAccesses + 1)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void MoreAccessesThanThereIsRoomForAreDamage(long count)
    {
        Write(CountOffset, count);
        DamagedMemoryException failure = Assert.Throws<DamagedMemoryException>(() => _turn.TakeAccesses().Length);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void AccessesAreTakenOnce()
    {
        Write(CountOffset, (long)MachineTurn.MostAccesses);
        Assert.Equal(MachineTurn.MostAccesses, _turn.TakeAccesses().Length);
        Assert.Equal(0, _turn.TakeAccesses().Length);
    }

    [Fact]
    public void TheMemoryHasNoName() => Assert.Equal("/memfd:ringos-devices (deleted)", new FileInfo(_turn.Path).LinkTarget);

    private const int StateOffset = 3 * 8; // DeviceHeader: magic, version, tool
    private const int CountOffset = (4 * 8) + Area.Size + 16; // behind the effects: offset, capacity

    private void Write(int offset, int value) => Write(offset, BitConverter.GetBytes(value));

    private void Write(int offset, long value) => Write(offset, BitConverter.GetBytes(value));

    private void Write(int offset, byte[] value)
    {
        using FileStream memory = new(_turn.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        memory.Position = offset;
        memory.Write(value);
    }
}
