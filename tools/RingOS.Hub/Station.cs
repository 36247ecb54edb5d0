// One guest: QEMU with two devices plugged into it that live here, its NIC and its clock. Next: StationPort.cs
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Devices;
using RingOS.Devices.Bcm5721;
using RingOS.Ethernet;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.RemoteDevices;

namespace RingOS.Hub;

/// <summary>
/// A guest of the experiment, from power-on to its end. A guest that says that it stands still and then does not could touch its NIC
/// or its clock while others do, hence the locks.
/// </summary>
public sealed class Station : IStation, IDisposable
{
    private readonly GuestMemory _nicMemory = new();
    private readonly GuestMemory _clockMemory = new();
    private readonly StationPort _port;
    private readonly SimulatedClockDevice _clock;
    private readonly Bcm5721Device _nic;
    private readonly DevicePlug _nicPlug;
    private readonly DevicePlug _clockPlug;
    private readonly InterruptPlug _interrupts = new();
    private readonly CancellationTokenSource _givenUp = new();

    /// <param name="number">From 0.</param>
    /// <param name="fullDuplex">What the NIC's transceiver finds at the other end of the cable.</param>
    public Station(int number, int megabits, bool fullDuplex)
    {
        Number = number;
        Address = StationAddress.MacOf(number);
        _port = new StationPort();
        _clock = new SimulatedClockDevice(_clockMemory) { Idle = OnIdle };
        _nic = new Bcm5721Device(Address, _nicMemory, _port);
        _nic.SetLink(true, megabits, fullDuplex);
        _nicPlug = new DevicePlug(_nic, _nicMemory, OnLinkEnded);
        _clockPlug = new DevicePlug(_clock, _clockMemory, OnLinkEnded);
    }

    public int Number { get; }

    public ulong Address { get; }

    /// <summary>What goes into <see cref="MachineOptions.Plugs"/>.</summary>
    public IReadOnlyList<IMachinePlug> Plugs => [_interrupts, _nicPlug, _clockPlug];

    /// <summary>Why the connection to its QEMU was cut, or made no sense any more; null if it was not.</summary>
    public string? LinkError { get; private set; }

    /// <summary>What its serial line has said so far.</summary>
    public ConcurrentQueue<SerialLine> Lines { get; } = [];

    /// <summary>It ran for longer than anybody waits.</summary>
    public bool IsHung { get; private set; }

    public ulong WakeAt { get; private set; } = ulong.MaxValue;

    public ulong NicWakesAt
    {
        get
        {
            lock (_nic)
                return _nic.TryGetDeadline(out ulong deadline) ? deadline : ulong.MaxValue;
        }
    }

    public bool HasInterrupt
    {
        get
        {
            lock (_nic)
                return _nic.InterruptPending;
        }
    }

    public Action<StationState>? Stopped { get; set; }

    /// <summary>Where a frame goes that is offered while the medium is at work, which is when this station's last frame has left it.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? OfferAtOnce
    {
        set => _port.OfferAtOnce = value;
    }

    /// <summary>Boots the guest and waits for its end.</summary>
    public async Task<GuestRun> RunAsync(MachineOptions machine, CancellationToken cancellation)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _givenUp.Token);
        try
        {
            return await Machine.RunAsync(machine with { Plugs = Plugs }, line => Lines.Enqueue(line), either.Token);
        }
        finally
        {
            Stopped?.Invoke(StationState.Gone);
        }
    }

    public uint? TakeBackoffSeed()
    {
        lock (_nic)
            return _port.TakeBackoffSeed();
    }

    public ReadOnlyMemory<byte>? TakeFrame()
    {
        lock (_nic)
            return _port.TakeFrame();
    }

    public void SetTime(ulong nanoseconds)
    {
        lock (_clock)
            _clock.SetTime(nanoseconds);
    }

    public void AdvanceTo(ulong nanoseconds)
    {
        lock (_nic)
            _nic.AdvanceTo(nanoseconds);
    }

    public void Run(bool byNic)
    {
        bool isThere = byNic ? TakeFromNic(out ulong address, out uint data) : TakeFromClock(out address, out data);
        if (!isThere)
            GiveUp("it halted with its interrupts switched off at the device");
        else if (!_interrupts.Send(address, data))
            Stopped?.Invoke(StationState.Gone);
    }

    /// <summary>The medium is done with the frame of this station.</summary>
    public void OnSent(TransmitReport report)
    {
        TransmitEnd end = report.Outcome switch
        {
            TransmitOutcome.ExcessiveCollisions => TransmitEnd.ExcessiveCollisions,
            TransmitOutcome.LateCollision => TransmitEnd.LateCollision,
            _ => TransmitEnd.Sent,
        };
        lock (_nic)
        {
            _port.Free();
            _nic.OnTransmitted(new TransmitResult(end, report.Collisions, report.WasDeferred));
        }
    }

    /// <summary>A frame has come in whole.</summary>
    public void OnReceived(Frame frame)
    {
        lock (_nic)
            _nic.OnReceived(frame.Bytes.Span);
    }

    public void GiveUp()
    {
        IsHung = true;
        _givenUp.Cancel();
        Stopped?.Invoke(StationState.Gone);
    }

    private void GiveUp(string why)
    {
        LinkError = why;
        _givenUp.Cancel();
        Stopped?.Invoke(StationState.Gone);
    }

    public void Dispose()
    {
        _nicPlug.Dispose();
        _clockPlug.Dispose();
        _interrupts.Dispose();
        _nicMemory.Dispose();
        _clockMemory.Dispose();
        _givenUp.Dispose();
    }

    private bool TakeFromNic(out ulong address, out uint data)
    {
        lock (_nic)
            return _nic.TakeInterrupt(out address, out data);
    }

    private bool TakeFromClock(out ulong address, out uint data)
    {
        lock (_clock)
        {
            WakeAt = ulong.MaxValue;
            _clock.Wake();
            return _clock.TakeInterrupt(out address, out data);
        }
    }

    private void OnIdle(ulong wakeAt)
    {
        WakeAt = wakeAt;
        Stopped?.Invoke(StationState.Idle);
    }

    private void OnLinkEnded(ProxyException? reason)
    {
        if (reason is not null)
            GiveUp(reason.Message);
        else
            Stopped?.Invoke(StationState.Gone);
    }
}
