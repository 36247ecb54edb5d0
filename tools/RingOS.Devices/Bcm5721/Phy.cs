// The transceiver behind MDIO: is there a link, and what can the other side do. IEEE 802.3 22.2.4, 28.2.4. Next: Bcm5721Device.cs
namespace RingOS.Devices.Bcm5721;

/// <summary>
/// MII registers at address 1. A hub does not negotiate: parallel detection finds its speed, and half duplex follows from that. The
/// ability register of the partner then names just that one mode.
/// </summary>
internal sealed class Phy
{
    private const uint Address = 1;

    private const uint Control = 0; // BMCR
    private const uint Status = 1; // BMSR
    private const uint Identifier1 = 2;
    private const uint Identifier2 = 3;
    private const uint Advertisement = 4; // ANAR
    private const uint PartnerAbility = 5; // ANLPAR
    private const uint Expansion = 6; // ANER

    private const ushort Abilities = 0x7809; // 100 and 10 Mb/s, full and half; can negotiate; extended registers
    private const ushort NegotiationComplete = 1 << 5;
    private const ushort LinkUp = 1 << 2;
    private const ushort SelfClearing = (1 << 15) | (1 << 9); // reset, restart negotiation
    private const ushort ControlAfterReset = 1 << 12; // negotiates
    private const ushort AdvertisesAll = 0x01E1;

    // MAC_MI_COM: bits 27:26 command, 25:21 transceiver, 20:16 register, 15:0 data.
    private const uint Start = 1 << 29; // reads as busy
    private const uint ReadFailed = 1 << 28;
    private const uint CommandRead = 2 << 26;
    private const uint CommandWrite = 1 << 26;
    private const uint CommandMask = 3 << 26;

    private ushort _control = ControlAfterReset;
    private ushort _advertisement = AdvertisesAll;
    private bool _wasDown = true;

    public bool IsUp { get; private set; }

    public int Megabits { get; private set; } = 100;

    public bool IsFullDuplex { get; private set; }

    /// <returns>Whether anything has changed.</returns>
    public bool SetLink(bool isUp, int megabits, bool isFullDuplex)
    {
        bool isChange = isUp != IsUp || megabits != Megabits || isFullDuplex != IsFullDuplex;
        _wasDown |= !isUp;
        (IsUp, Megabits, IsFullDuplex) = (isUp, megabits, isFullDuplex);
        return isChange;
    }

    public void Reset()
    {
        _control = ControlAfterReset;
        _advertisement = AdvertisesAll;
        _wasDown = true;
    }

    /// <summary>Does what MAC_MI_COM asks, at once.</summary>
    /// <returns>The register's new content.</returns>
    public uint Execute(uint command)
    {
        uint register = (command >> 16) & 0x1F;
        uint rest = command & ~(Start | ReadFailed);
        if ((command & Start) == 0)
            return rest;
        bool isHere = ((command >> 21) & 0x1F) == Address;
        switch (command & CommandMask)
        {
            case CommandRead:
                return (rest & ~0xFFFFu) | (isHere ? Read(register) : 0xFFFF | ReadFailed);
            case CommandWrite when isHere:
                Write(register, (ushort)command);
                return rest;
            default:
                return rest;
        }
    }

    private uint Read(uint register) => register switch
    {
        Control => _control,
        Status => ReadStatus(),
        Identifier1 => 0x0020,
        Identifier2 => 0x6180,
        Advertisement => _advertisement,
        PartnerAbility => Partner,
        Expansion => IsUp && IsFullDuplex ? 1u : 0, // the partner negotiates
        _ => 0,
    };

    private void Write(uint register, ushort value)
    {
        if (register == Control)
            _control = (value & (1 << 15)) != 0 ? ControlAfterReset : (ushort)(value & ~SelfClearing);
        if (register == Advertisement)
            _advertisement = value;
    }

    // A link that was lost is shown as down once, even if it is up again.
    private uint ReadStatus()
    {
        bool isUp = IsUp && !_wasDown;
        _wasDown = !IsUp;
        return Abilities | (IsUp ? NegotiationComplete : 0u) | (isUp ? LinkUp : 0u);
    }

    // Selector field, then the modes: bit 5 10 half, 6 10 full, 7 100 half, 8 100 full.
    private uint Partner => (IsUp, Megabits, IsFullDuplex) switch
    {
        (false, _, _) => 0,
        (_, 100, false) => 1 << 7,
        (_, _, false) => 1 << 5,
        (_, 100, true) => 0x41E1,
        (_, _, true) => 0x4061,
    };
}
