// Deadlines of chains of calls: what is left of a caller's time is all that its server may give away, and the lowest server is blamed.
// Subject: kernel/threads/Watchdog.cs. Next: KernelCallTests.cs
using System;
using System.Collections.Generic;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

public sealed class DeadlineTests : IDisposable
{
    private const ulong Period = 1_000_000_000;

    private readonly Machine _machine = new();
    private readonly List<string> _silent = [];
    private readonly Endpoint _upper;
    private readonly Endpoint _lower;

    public DeadlineTests()
    {
        _upper = _machine.NewEndpoint();
        _lower = _machine.NewEndpoint();
    }

    public void Dispose() => _machine.Dispose();

    // Each call is answered within the server's own patience, but there are too many of them for the caller above.
    [Theory]
    [InlineData(16)]
    [InlineData(19)]
    [InlineData(27)]
    public void ManySlowAnswersBelowAreTheLowersFault(int tenths)
    {
        _machine.SpawnService(() => _machine.Serve(_lower, _ => _machine.Sleep((ulong)tenths * Period / 10)));
        _machine.SpawnService(() => _machine.Serve(_upper, _ =>
        {
            bool isGiven = true;
            for (int call = 0; call < 10 && isGiven; call++)
                isGiven = CallBelow();
        }));
        CallAbove();
        Assert.Equal(["lower"], _silent);
        Assert.Equal(["Ok"], _machine.Trace);
    }

    [Fact]
    public void AnUpperServerThatComputesOnIsItsOwnFault()
    {
        _machine.SpawnService(() => _machine.Serve(_upper, _ => _machine.Sleep(100 * Period)));
        CallAbove();
        Assert.Equal(["upper"], _silent);
    }

    // Whoever is asked at the moment the time is over has had no time yet.
    [Fact]
    public void AnUpperServerThatAsksOnAndOnIsItsOwnFault()
    {
        _machine.SpawnService(() => _machine.Serve(_lower, _ => _machine.Sleep(Period / 10)));
        _machine.SpawnService(() => _machine.Serve(_upper, _ =>
        {
            for (int call = 0; call < 1000; call++)
                CallBelow();
        }));
        CallAbove();
        Assert.Equal(["upper"], _silent);
    }

    [Fact]
    public void WhoWaitsForABusyServerBlamesWhomThatWaitsFor()
    {
        _machine.SpawnService(() => _machine.Serve(_lower, _ => _machine.Sleep(100 * Period)));
        _machine.SpawnService(() => _machine.Serve(_upper, _ => CallBelow()));
        _machine.Spawn(() => _machine.Call(_upper, 1, patience: Watchdog.ServicePatience));
        CallAbove(Watchdog.ServicePatience);
        Assert.Equal(["lower"], _silent);
    }

    [Fact]
    public void ServersThatCallEachOtherComeToAnEnd()
    {
        _machine.SpawnService(() => _machine.Serve(_lower, _ => _machine.Call(_upper, 1, patience: Watchdog.ServicePatience)));
        _machine.SpawnService(() => _machine.Serve(_upper, _ => CallBelow()));
        CallAbove();
        Assert.Single(_machine.Trace);
    }

    private bool CallBelow()
    {
        if (_silent.Contains("lower"))
            return false; // it is not asked again
        Status status = _machine.Call(_lower, 1, patience: Watchdog.ServicePatience);
        if (status == Status.TimedOut)
            _silent.Add("lower");
        return status == Status.Ok;
    }

    private void CallAbove(ulong patience = Watchdog.KernelPatience)
    {
        _machine.Spawn(() =>
        {
            ulong start = _machine.Now;
            Status status = _machine.Call(_upper, 1, patience: patience);
            if (status == Status.TimedOut)
                _silent.Add("upper");
            _machine.Trace.Add($"{status}");
            Assert.InRange(_machine.Now - start, 0ul, (patience + 3) * Period);
        });
        _machine.RunFor(50 * Period);
    }
}
