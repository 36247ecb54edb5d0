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

    /// <summary>Asks the kernel for what is not in its grant, and works on.</summary>
    Trespass,

    /// <summary>Fills the event ring, and the stack's notification, with nonsense.</summary>
    Vandal,
}

/// <summary>Small frames, as of ARP, it passes on to the real driver.</summary>
internal sealed class FaultyDriver(INicDriver driver, Fault fault, EventRingVandal vandal) : INicDriver
{
    private const ushort LargeFrame = 500;
    private const ulong Hour = 3_600_000_000_000;

    private readonly Trespasser _trespasser = new();
    private uint _lies;

    public ulong MacAddress => driver.MacAddress;

    public NicCapabilities Capabilities => driver.Capabilities;

    public Status Start() => driver.Start();

    public void Stop() => driver.Stop();

    public void FlushTransmit() => driver.FlushTransmit();

    public Status ProvideReceive(PacketIndex packet) => driver.ProvideReceive(packet);

    public void OnInterrupt() => driver.OnInterrupt();

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
            case Fault.Trespass:
                _trespasser.TryOnce();
                break;
            case Fault.Vandal:
                vandal.Strike(packet);
                return Status.Ok;
        }
        return driver.ProvideTransmit(packet, length, options);
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
