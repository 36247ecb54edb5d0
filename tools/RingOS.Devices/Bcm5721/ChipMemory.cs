// The chip's own memory: ring control blocks, and the mailboxes of its boot code. Next: Ring.cs
using System;

namespace RingOS.Devices.Bcm5721;

/// <summary>128 KiB of 32-bit words. What lies outside reads zero.</summary>
internal sealed class ChipMemory
{
    public const uint SendRing = 0x100;
    public const uint ReturnRing = 0x200;

    private const uint Length = 0x20000;
    private const uint FirmwareMailbox = 0xB50;
    private const uint FirmwareReady = ~0x4B65_7654u;
    private const uint AddressHigh = 0xC14;
    private const uint AddressLow = 0xC18;
    private const uint AddressSignature = 0x484Bu << 16;

    private readonly uint[] _words = new uint[Length / sizeof(uint)];

    public uint Read(uint address) => address < Length ? _words[address / sizeof(uint)] : 0;

    public void Write(uint address, uint value)
    {
        if (address < Length)
            _words[address / sizeof(uint)] = value;
    }

    public void Clear() => Array.Clear(_words);

    /// <summary>Copies what lies from an address on, a multiple of 4.</summary>
    public void CopyTo(Span<uint> words, uint address)
    {
        int first = (int)Math.Min(address, Length) / sizeof(uint);
        int count = Math.Min(words.Length, _words.Length - first);
        _words.AsSpan(first, count).CopyTo(words);
        words[count..].Clear();
    }

    /// <summary>What the boot code leaves when it is done: its signature and the station address from the EEPROM.</summary>
    public void Boot(uint addressHigh, uint addressLow)
    {
        Write(AddressHigh, AddressSignature | addressHigh);
        Write(AddressLow, addressLow);
        Write(FirmwareMailbox, FirmwareReady);
    }
}
