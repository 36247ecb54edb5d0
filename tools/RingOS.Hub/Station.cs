// One guest: QEMU with two devices on a bus that live here, its NIC and its clock. Next: StationPort.cs
using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Abi;
using RingOS.Devices;
using RingOS.Devices.Bcm5721;
using RingOS.Devices.Pci;
using RingOS.Ethernet;
using RingOS.Host;
using RingOS.Host.Instrumentation;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using RingOS.Instrument;
using RingOS.RemoteDevices;

namespace RingOS.Hub;

/// <summary>
/// A guest of the experiment, from power-on to its end. Its devices are used by one thread at a time: whoever waits for the guest, and then
/// while it stands still.
/// </summary>
public sealed class Station : IStation, IDisposable
{
    private const ulong LocalApicMessages = 0xFEE; // Intel SDM volume 3, 10.11.1: address bits 31:20 of an interrupt message

    private readonly GuestMemory _memory = new(HubOptions.GuestMemoryMiB);
    private readonly StationPort _port = new();
    private readonly SimulatedClockDevice _clock = new();
    private readonly Bcm5721Device _nic;
    private readonly RemoteBus _bus;
    private readonly MachineTurn _turn;
    private readonly CancellationTokenSource _givenUp = new();

    /// <param name="number">From 0.</param>
    /// <param name="fullDuplex">What the NIC's transceiver finds at the other end of the cable.</param>
    /// <exception cref="RingOsException">There is no memory for it.</exception>
    public Station(int number, int megabits, bool fullDuplex)
    {
        Number = number;
        Address = StationAddress.MacOf(number);
        _nic = new Bcm5721Device(Address, _memory, _port);
        _nic.SetLink(true, megabits, fullDuplex);
        _bus = new RemoteBus(_clock, _nic);
        _turn = new MachineTurn(_bus.Effects);
    }

    public int Number { get; }

    public ulong Address { get; }

    /// <summary>Why its QEMU was given up; null if it was not, or because it hung.</summary>
    public string? LinkError { get; private set; }

    /// <summary>What its serial line has said so far.</summary>
    public ConcurrentQueue<SerialLine> Lines { get; } = [];

    /// <summary>It ran for longer than anybody waits.</summary>
    public bool IsHung { get; private set; }

    public ulong WakeAt => _clock.WakeAt;

    public ulong NicWakesAt => _nic.TryGetDeadline(out ulong deadline) ? deadline : ulong.MaxValue;

    public bool HasInterrupt => _nic.InterruptPending;

    /// <summary>Where a frame goes that is offered while the medium is at work, which is when this station's last frame has left it.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? OfferAtOnce
    {
        set => _port.OfferAtOnce = value;
    }

    /// <summary>What goes into <see cref="MachineOptions.Devices"/>.</summary>
    public MachineDevices Devices => new(_memory.Path, _bus.Path, RemoteBusProtocol.WindowLength, _turn.Path);

    /// <summary>Boots the guest and waits for its end.</summary>
    /// <param name="machine">What counts or records it takes part in its devices too; without, something is added that does only that.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async Task<GuestRun> RunAsync(MachineOptions machine, CancellationToken cancellation)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _givenUp.Token);
        try
        {
            using MachineInstrument? own = machine.Instrument is null ? MachineInstrument.ForDevices(machine.Kernel ?? "") : null;
            MachineOptions whole = machine with { Devices = Devices, MemoryMiB = _memory.MiB, Instrument = machine.Instrument ?? own };
            return await Machine.RunAsync(whole, line => Lines.Enqueue(line), either.Token);
        }
        finally
        {
            _turn.End();
        }
    }

    public StationState Wait(TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return Serve(limit, cancellation);
        }
        catch (DamagedMemoryException exception)
        {
            GiveUp($"QEMU has damaged the memory of its devices: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            GiveUp($"the device failed: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
        return StationState.Gone;
    }

    public uint? TakeBackoffSeed() => _port.TakeBackoffSeed();

    public ReadOnlyMemory<byte>? TakeFrame() => _port.TakeFrame();

    public void SetTime(ulong nanoseconds) => _clock.SetTime(nanoseconds);

    public void AdvanceTo(ulong nanoseconds) => _nic.AdvanceTo(nanoseconds);

    public void Run(bool byNic)
    {
        if (!byNic)
            _clock.Wake();
        PciDevice device = byNic ? _nic : _clock;
        if (!device.TakeInterrupt(out ulong address, out uint data) || address >> 20 != LocalApicMessages)
        {
            GiveUp("it halted with its interrupts switched off at the device");
            return;
        }
        _clock.EndHaltBy((byte)data);
        _bus.Show(isAll: false);
        _turn.Pass(); // false if it is gone, which the next Wait tells
    }

    /// <summary>The medium is done with the frame of this station.</summary>
    public void OnSent(TransmitReport report)
    {
        TransmitEnd end = report.Outcome switch
        {
            Ethernet.TransmitOutcome.ExcessiveCollisions => TransmitEnd.ExcessiveCollisions,
            Ethernet.TransmitOutcome.LateCollision => TransmitEnd.LateCollision,
            _ => TransmitEnd.Sent,
        };
        _port.Free();
        _nic.OnTransmitted(new TransmitResult(end, report.Collisions, report.WasDeferred));
    }

    /// <summary>A frame has come in whole.</summary>
    public void OnReceived(Frame frame) => _nic.OnReceived(frame.Bytes.Span);

    public void GiveUp()
    {
        IsHung = true;
        End();
    }

    public void Dispose()
    {
        _turn.Dispose();
        _bus.Dispose();
        _memory.Dispose();
        _givenUp.Dispose();
    }

    private StationState Serve(TimeSpan limit, CancellationToken cancellation)
    {
        while (true)
        {
            int state = _turn.Wait(limit, cancellation);
            if (state is MachineState.Runs or MachineState.Gone)
                return state == MachineState.Runs ? StationState.Runs : StationState.Gone;
            _bus.Perform(_turn.TakeAccesses());
            if (state == MachineState.Idle)
                return StationState.Idle;
            _bus.Show(isAll: true);
            _turn.Pass();
        }
    }

    private void GiveUp(string why)
    {
        LinkError = why;
        End();
    }

    private void End()
    {
        _turn.End();
        _givenUp.Cancel();
    }
}
