// Is there a link, and of what kind: asked from the transceiver by MDIO. IEEE 802.3 22.2.4, 28.2.4. Next: ChipMemory.cs
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>The three registers of the transceiver that tell of the link. One that does not answer in time has no link.</summary>
internal sealed class Transceiver(Registers registers, Clock clock)
{
    private const uint StatusRegister = 1; // BMSR
    private const uint AdvertisementRegister = 4; // ANAR
    private const uint PartnerRegister = 5; // ANLPAR

    private const uint LinkUp = 1 << 2; // of BMSR
    private const uint FullDuplex100 = 1 << 8; // of ANAR and ANLPAR
    private const uint HalfDuplex100 = 1 << 7;
    private const uint FullDuplex10 = 1 << 6;

    // An access takes 64 clocks of 2.5 MHz or less: about 26 microseconds.
    private const uint AccessMicroseconds = 200;

    private readonly Registers _registers = registers;
    private readonly Clock _clock = clock;

    public bool IsUp { get; private set; }

    /// <summary>Only where negotiation has found it: a hub does not negotiate, and is half duplex.</summary>
    public bool IsFullDuplex { get; private set; }

    /// <summary>Asks the transceiver how things are now.</summary>
    public void Look()
    {
        _ = Read(StatusRegister); // A link that was lost meanwhile reads as down once.
        IsUp = (Read(StatusRegister) & LinkUp) != 0;
        IsFullDuplex = IsUp && IsBestFullDuplex(Read(AdvertisementRegister) & Read(PartnerRegister));
    }

    // Of the modes both can, the best counts: 100 full, 100 half, 10 full, 10 half (28B.3).
    private static bool IsBestFullDuplex(uint common)
        => (common & FullDuplex100) != 0 || (common & (HalfDuplex100 | FullDuplex10)) == FullDuplex10;

    // Zero if the transceiver does not answer: no link, no abilities. Not inlined: several deadlines in one method would be cleared
    // with SSE, which the kernel's image does without.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint Read(uint register)
    {
        _registers.ManagementCommand.Write(
            ManagementCommand.Start | ManagementCommand.Read | ManagementCommand.FirstTransceiver | (ManagementCommand)(register << 16));
        Deadline deadline = _clock.After(AccessMicroseconds);
        ManagementCommand answer = _registers.ManagementCommand.Read();
        while ((answer & ManagementCommand.Busy) != 0 && !deadline.HasPassed)
            answer = _registers.ManagementCommand.Read();
        bool hasAnswered = (answer & (ManagementCommand.Busy | ManagementCommand.ReadFailed)) == 0;
        return hasAnswered ? (uint)(answer & ManagementCommand.Data) : 0;
    }
}
