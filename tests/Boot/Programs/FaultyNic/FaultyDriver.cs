// A driver that fails at the first large frame. Next: EventRingVandal.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

/// <summary>How it fails.</summary>
internal enum Fault
{
    None,

    /// <summary>Never answers, and waits.</summary>
    Silent,

    /// <summary>Never answers, and does not even wait.</summary>
    Loop,

    /// <summary>Is ended by the processor.</summary>
    Break,

    /// <summary>Ends by itself.</summary>
    End,

    /// <summary>Answers with numbers that are no status, or not its own to give.</summary>
    Lie,

    /// <summary>Reports frames of its own at the first large one, and takes nearly all the time it has for every answer from then on.</summary>
    Slow,

    /// <summary>Computes for nine tenths of a quantum and sleeps for no time at all, over and over.</summary>
    Hog,

    /// <summary>The same between its requests: it answers, but leaves little of the processor to others.</summary>
    BusyBetween,

    /// <summary>Asks the kernel for what is not in its grant, and works on.</summary>
    Trespass,

    /// <summary>Fills the event ring, and the stack's notification, with nonsense.</summary>
    Vandal,
}

/// <summary>Small frames, as of ARP, it passes on to the real driver.</summary>
internal sealed class FaultyDriver(INicDriver driver, Fault fault, EventRingVandal vandal, INicEvents events) : INicDriver
{
    private const ushort LargeFrame = 500;
    private const ulong Hour = 3_600_000_000_000;
    private const int Kept = 6; // buffers that a slow driver keeps, to fill them by itself
    private const ushort ShortFrame = 60;
    private const int Turns = 10;
    private const ulong NineTenths = 9; // milliseconds of a quantum
    private const ulong AlmostPatience = 90_000_000; // of three watchdog periods of 50 ms, of which two are sure

    private readonly Trespasser _trespasser = new();
    private readonly PacketIndex[] _kept = new PacketIndex[Kept];
    private int _keptCount;
    private bool _isSlow;
    private bool _isBusy;
    private uint _lies;

    public ulong MacAddress => driver.MacAddress;

    public NicCapabilities Capabilities => driver.Capabilities;

    public Status Start() => driver.Start();

    public void Stop() => driver.Stop();

    public void FlushTransmit() => driver.FlushTransmit();

    public Status ProvideReceive(PacketIndex packet)
    {
        if (_isSlow)
            RingOS.User.Clock.Sleep(AlmostPatience);
        if (fault != Fault.Slow || _keptCount == Kept)
            return driver.ProvideReceive(packet);
        _kept[_keptCount++] = packet;
        return Status.Ok;
    }

    public void OnInterrupt()
    {
        driver.OnInterrupt();
        for (int turn = 0; turn < Turns && _isBusy; turn++)
            Hog();
    }

    public ulong ReadCounter(NicCounter counter) => driver.ReadCounter(counter);

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (length < LargeFrame)
            return driver.ProvideTransmit(packet, length, options);
        switch (fault)
        {
            case Fault.Silent:
                FallSilent();
                break;
            case Fault.Loop:
                for (; ; )
                {
                }
            case Fault.Break:
                return Break();
            case Fault.End:
                Syscall.Exit(9);
                break;
            case Fault.Lie:
                return Lie();
            case Fault.Hog:
                for (; ; )
                    Hog();
            case Fault.BusyBetween:
                _isBusy = true;
                break;
            case Fault.Slow:
                BecomeSlow();
                break;
            case Fault.Trespass:
                _trespasser.TryOnce();
                break;
            case Fault.Vandal:
                vandal.Strike(packet);
                return Status.Ok;
        }
        return driver.ProvideTransmit(packet, length, options);
    }

    private static void Hog()
    {
        ulong ticks = Startup.Block.TicksPerSecond / 1000 * NineTenths;
        for (ulong start = Syscall.ReadTimeStamp(); Syscall.ReadTimeStamp() - start < ticks;)
        {
        }
        RingOS.User.Clock.Sleep(0);
    }

    // The stack lends it a buffer anew for each of these.
    private void BecomeSlow()
    {
        if (_isSlow)
            return;
        _isSlow = true;
        foreach (PacketIndex packet in _kept)
            events.OnReceived(packet, ShortFrame);
    }

    /// <summary>Waits for longer than any test takes.</summary>
    public static void FallSilent()
    {
        for (; ; )
            RingOS.User.Clock.Sleep(Hour);
    }

    private static Status Break()
    {
        INicDriver? nothing = null;
        return nothing!.Start();
    }

    // Statuses of other boundaries, and numbers that are none: positive and negative, small and large.
    private Status Lie() => (Status)((_lies++ % 8) switch
    {
        0 => -1,
        1 => -1000,
        2 => int.MinValue,
        3 => int.MaxValue,
        4 => 5000,
        5 => (int)Status.PeerGone,
        6 => (int)Status.WouldBlock,
        _ => (int)Status.BadAddress,
    });
}
