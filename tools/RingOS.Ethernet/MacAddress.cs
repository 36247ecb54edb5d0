// A MAC address. Next: Frame.cs
using System;
using System.Globalization;

namespace RingOS.Ethernet;

/// <summary>48 bits, the first byte on the wire uppermost.</summary>
public readonly record struct MacAddress(ulong Value)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 6;

    private const ulong GroupBit = 1UL << 40;
    private const ulong LocallyAdministered = 0x0200_0000_0000;

    public static MacAddress Broadcast { get; } = new(0xFFFF_FFFF_FFFF);

    /// <summary>Multicast or broadcast.</summary>
    public bool IsGroup => (Value & GroupBit) != 0;

    /// <summary>A made-up address for a simulated station.</summary>
    public static MacAddress OfStation(int station) => new(LocallyAdministered + (ulong)station);

    /// <summary>Reads the first six bytes.</summary>
    public static MacAddress Read(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (byte part in bytes[..Size])
            value = (value << 8) | part;
        return new MacAddress(value);
    }

    public override string ToString()
    {
        string digits = Value.ToString("x12", CultureInfo.InvariantCulture);
        return string.Join(':', digits[..2], digits[2..4], digits[4..6], digits[6..8], digits[8..10], digits[10..]);
    }
}
