// A driver's death, its restarts and its end. Subject: userland/services/supervisor. Back to: IpcTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using RingOS.Abi;
using RingOS.Supervisor;
using RingOS.User;
using Xunit;

namespace RingOS.Tests.Unit.Userland;

/// <summary>Plays the kernel: driver events in order, and a driver that can refuse to start.</summary>
[Collection("Program")]
public sealed class SupervisorTests : FakeKernel
{
    private const ulong Millisecond = 1_000_000;

    private readonly Queue<DriverEvent> _news = new();
    private readonly Queue<Status> _starts = new();
    private int _furtherDeaths;
    private readonly List<string> _steps = [];
    private readonly StringBuilder _console = new();

    public SupervisorTests()
    {
        Syscall.Kernel = this;
        RingOS.User.Console.Flush();
        _console.Clear();
    }

    [Theory]
    [InlineData(DriverEvent.Exited, "exited")]
    [InlineData(DriverEvent.Faulted, "faulted")]
    [InlineData(DriverEvent.Silent, "fell silent")]
    [InlineData(DriverEvent.Exited | DriverEvent.Faulted, "faulted")]
    [InlineData(DriverEvent.Exited | DriverEvent.Silent, "fell silent")]
    public void ADeadDriverIsResetAndStartedAnew(DriverEvent what, string reason)
    {
        _news.Enqueue(what);
        Assert.Equal(Status.BadHandle, new DriverSupervisor(3, isOfDriver: true).Run()); // the queue's end
        Assert.Equal(["ResetDriver", "sleep 1", "StartDriver"], _steps);
        JsonElement logged = Assert.Single(Events());
        Assert.Equal("driver {Reason}: restart {Number} of {Limit}", logged.GetProperty("@mt").GetString());
        Assert.Equal((reason, 1, 3), (logged.GetProperty("Reason").GetString(), Number(logged), logged.GetProperty("Limit").GetInt32()));
    }

    [Fact]
    public void ANetworkServiceIsLookedAfterInTheSameWayAndCalledByItsName()
    {
        _news.Enqueue(DriverEvent.Faulted);
        _furtherDeaths = 1;
        Assert.Equal(Status.Ok, new DriverSupervisor(1, isOfDriver: false).Run());
        Assert.Equal(["ResetDriver", "sleep 1", "StartDriver", "ResetDriver", "AbandonDriver"], _steps);
        Assert.All(Events(), static logged => Assert.StartsWith("network service {Reason}: ", logged.GetProperty("@mt").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public void AfterTheLastRestartTheDriverIsAbandoned()
    {
        _news.Enqueue(DriverEvent.Faulted);
        _furtherDeaths = 2;
        Assert.Equal(Status.Ok, new DriverSupervisor(2, isOfDriver: true).Run());
        Assert.Equal(
            ["ResetDriver", "sleep 1", "StartDriver", "ResetDriver", "sleep 2", "StartDriver", "ResetDriver", "AbandonDriver"], _steps);
        Assert.Equal([1, 2, 2], Events().Select(Number));
        Assert.StartsWith("driver {Reason}: given up", Events().Last().GetProperty("@mt").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutRestartsItIsAbandonedAtOnce()
    {
        _news.Enqueue(DriverEvent.Exited);
        Assert.Equal(Status.Ok, new DriverSupervisor(0, isOfDriver: true).Run());
        Assert.Equal(["ResetDriver", "AbandonDriver"], _steps);
    }

    [Fact]
    public void AStartThatFailsIsAnotherFailure()
    {
        _news.Enqueue(DriverEvent.Silent);
        _starts.Enqueue(Status.PeerGone);
        _starts.Enqueue(Status.TimedOut);
        Assert.Equal(Status.BadHandle, new DriverSupervisor(5, isOfDriver: true).Run());
        Assert.Equal(3, _steps.Count(static step => step == "StartDriver"));
        Assert.Equal(["fell silent", "did not start", "did not start"],
            Events().Select(static logged => logged.GetProperty("Reason").GetString()));
    }

    [Fact]
    public void TheBackoffDoublesUpToASecond()
    {
        const int Restarts = 14;
        for (int failure = 0; failure < Restarts; failure++)
            _starts.Enqueue(Status.PeerGone);
        _news.Enqueue(DriverEvent.Exited);
        Assert.Equal(Status.Ok, new DriverSupervisor(Restarts, isOfDriver: true).Run());
        IEnumerable<string> expected = Enumerable.Range(0, Restarts).Select(static number => $"sleep {Math.Min(1 << number, 1000)}");
        Assert.Equal(expected, _steps.Where(static step => step.StartsWith("sleep", StringComparison.Ordinal)));
    }

    [Fact]
    public void WhatIsSaidOfTheDeadDriverIsNotNewsOfTheNext()
    {
        _news.Enqueue(DriverEvent.Silent);
        _starts.Enqueue(Status.PeerGone); // and the kernel reports that death, too
        Assert.Equal(Status.BadHandle, new DriverSupervisor(5, isOfDriver: true).Run());
        Assert.Equal(2, Events().Count());
    }

    public override long Write(int handle, ReadOnlySpan<byte> buffer)
    {
        Assert.Equal(WellKnownHandle.StandardOutput, handle);
        _console.Append(Encoding.ASCII.GetString(buffer));
        return buffer.Length;
    }

    public override long Ioctl(int handle, IoctlRequest request, ulong argument)
    {
        Assert.Equal((WellKnownHandle.Driver, 0ul), (handle, argument));
        _steps.Add(request.ToString());
        if (request != IoctlRequest.StartDriver)
            return 0;
        _ = _starts.TryDequeue(out Status outcome); // Ok, if no failure is planned
        if (outcome != Status.Ok)
            _news.Enqueue(DriverEvent.Exited);
        else if (_furtherDeaths-- > 0)
            _news.Enqueue(DriverEvent.Faulted);
        return -(long)outcome;
    }

    public override long Invoke(SyscallNumber number, ulong first, ulong second)
    {
        switch (number)
        {
            case SyscallNumber.Sleep:
                _steps.Add($"sleep {first / Millisecond}");
                return 0;
            case SyscallNumber.Wait:
                Assert.Equal((ulong)WellKnownHandle.DriverEvents, first);
                return Wait(mayBlock: second == 0);
            default:
                return -(long)Status.NoSuchSyscall;
        }
    }

    // A wait that would block for ever is the end of the test.
    private long Wait(bool mayBlock)
    {
        if (_news.TryDequeue(out DriverEvent what))
            return (long)what;
        return -(long)(mayBlock ? Status.BadHandle : Status.TimedOut);
    }

    private IEnumerable<JsonElement> Events()
        => _console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement);

    private static int Number(JsonElement logged) => logged.GetProperty("Number").GetInt32();
}
