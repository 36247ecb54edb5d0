// What the kernel's elementary operations cost, in ticks: under icount, instructions. Back to: ../../lib/Measure.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Primitives;

/// <summary>Measures system calls, and messages and signals to the echo service, and prints one event.</summary>
public sealed class PrimitivesCommand
{
    private readonly PrimitivesOptions _options;
    private readonly Stopwatch _stopwatch;
    private readonly EventLine _line = new();

    private PrimitivesCommand(PrimitivesOptions options)
    {
        _options = options;
        _stopwatch = new Stopwatch(options.Turns);
    }

    /// <summary>Returns the exit code: 1 for a bad command line, or if there is no echo service to call.</summary>
    public static int Run(Arguments arguments)
    {
        PrimitivesOptions options = new();
        TextBuffer text = new(80);
        if (!options.TryParse(arguments, text))
        {
            Console.WriteLine(text);
            return 1;
        }
        Endpoint echo = new(WellKnownHandle.NicEndpoint);
        MessageRegisters peer = PeerCosts.Ask(options);
        Status status = echo.Call(ref peer);
        if (status == Status.Ok)
            return new PrimitivesCommand(options).Measure(echo, in peer);
        Console.WriteLine(text.Append("primitives: no echo service: "u8).AppendError(status));
        return 1;
    }

    /// <summary>
    /// What a switch to another thread, and to its address space, takes: half of what two signals and two waits take more when each
    /// finds the other side waiting than when it finds nobody to switch to. Choosing and waking the thread are part of it.
    /// </summary>
    public static ulong SwitchTicks(ulong roundTrip, ulong signalAndWait)
        => roundTrip <= 2 * signalAndWait ? 0 : (roundTrip - 2 * signalAndWait + 1) / 2;

    private int Measure(Endpoint echo, in MessageRegisters peer)
    {
        _line.Begin(Clock.WallNanoseconds, "primitives: null syscall {NullSyscall}, IPC call and reply {IpcRoundTrip}"u8);
        _line.Add("NullSyscall"u8, _stopwatch.Measure(new SyscallYardstick()));
        if (_options.HasInterrupt)
            _line.Add("NullInterrupt"u8, _stopwatch.Measure(new InterruptYardstick()));
        if (_options.HasCallGate)
            _line.Add("NullCallGate"u8, _stopwatch.Measure(new CallGateYardstick()));
        PeerCosts.Report(_line, in peer);
        _line.Add("IpcRoundTrip"u8, _stopwatch.Measure(new CallYardstick(echo)));
        MeasureSignals();
        _line.End();
        return 0;
    }

    // Last: after its first signal the echo service listens to nothing but signals.
    private void MeasureSignals()
    {
        Notification there = new(WellKnownHandle.StackNotification);
        Notification here = new(WellKnownHandle.SocketNotification);
        if (here.Signal(1) != Status.Ok || here.Wait(0, out _) != Status.Ok)
            return; // this kernel gives programs no notifications
        ulong signalAndWait = _stopwatch.Measure(new SignalYardstick(here));
        ulong roundTrip = _stopwatch.Measure(new SignalRoundTripYardstick(there, here));
        _line.Add("NotificationSignal"u8, signalAndWait).Add("NotificationRoundTrip"u8, roundTrip);
        _line.Add("ThreadSwitch"u8, SwitchTicks(roundTrip, signalAndWait));
    }
}
