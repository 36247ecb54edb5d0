// Policy outside the kernel: how often a driver, or the network service, may come back, and how long it waits before it does. The kernel knows how: it resets the
// device, takes the packets back and maps a fresh grant. Kernel side: lib/Abi/SocketAddress.cs, IoctlRequest. Back to: Program.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Supervisor;

/// <summary>Waits for the end of what it looks after and starts it anew, until its restarts are used up.</summary>
/// <param name="limit">Restarts allowed in all.</param>
/// <param name="isOfDriver">It looks after the driver; else after the network service.</param>
public sealed class DriverSupervisor(ulong limit, bool isOfDriver)
{
    private const ulong FirstBackoff = 1_000_000; // nanoseconds
    private const ulong LongestBackoff = 1_000_000_000;
    private const ulong AtOnce = 1;

    private readonly Notification _events = new(WellKnownHandle.DriverEvents);
    private readonly EventLine _line = new();
    private ulong _restarts;
    private ulong _backoff = FirstBackoff;

    /// <summary>Looks after the driver. Returns Ok once it is given up, or why nothing can be heard of it.</summary>
    public Status Run()
    {
        Status status = _events.Wait(0, out ulong bits);
        while (status == Status.Ok && Revive(NameOf((DriverEvent)bits)))
            status = _events.Wait(0, out bits);
        return status;
    }

    // A start that fails is a failure like any other. False once the driver is given up.
    private bool Revive(ReadOnlySpan<byte> reason)
    {
        while (_restarts < limit)
        {
            _restarts++;
            Print(isOfDriver ? "driver {Reason}: restart {Number} of {Limit}"u8 : "network service {Reason}: restart {Number} of {Limit}"u8, reason);
            _ = Ask(IoctlRequest.ResetDriver); // a device that cannot be reset shows when its driver starts
            Pause();
            _ = _events.Wait(AtOnce, out _); // what is still said of the dead one is not news of the next
            if (Ask(IoctlRequest.StartDriver) == Status.Ok)
                return true;
            reason = "did not start"u8;
        }
        Print(
            isOfDriver
                ? "driver {Reason}: given up after {Number} of {Limit} restarts"u8
                : "network service {Reason}: given up after {Number} of {Limit} restarts"u8,
            reason);
        _ = Ask(IoctlRequest.ResetDriver);
        _ = Ask(IoctlRequest.AbandonDriver);
        return false;
    }

    private void Pause()
    {
        Clock.Sleep(_backoff);
        _backoff = Math.Min(_backoff * 2, LongestBackoff);
    }

    private void Print(ReadOnlySpan<byte> template, ReadOnlySpan<byte> reason)
        => _line.Begin(Clock.WallNanoseconds, template)
            .Add("Reason"u8, reason)
            .Add("Number"u8, _restarts)
            .Add("Limit"u8, limit)
            .End();

    private static Status Ask(IoctlRequest request) => (Status)(-Syscall.Ioctl(WellKnownHandle.Driver, request, 0));

    // The gravest, if several things were said.
    private static ReadOnlySpan<byte> NameOf(DriverEvent reported)
    {
        if ((reported & DriverEvent.Faulted) != 0)
            return "faulted"u8;
        if ((reported & DriverEvent.Hogging) != 0)
            return "hogged the processor"u8;
        return (reported & DriverEvent.Silent) != 0 ? "fell silent"u8 : "exited"u8;
    }
}
