// An ARP message for IPv4 over Ethernet. RFC 826. Next: Ipv4Input.cs
using System;

namespace RingOS.Net;

/// <summary>Offsets from the start of the message, which follows the Ethernet header.</summary>
internal static class ArpMessage
{
    public const int Size = 28;
    public const int FrameSize = EthernetHeader.Size + Size;

    public const ushort Request = 1;
    public const ushort Reply = 2;

    private const int Kind = 0; // hardware type, protocol type
    private const int Lengths = 4;
    private const int Operation = 6;
    private const int SenderStation = 8;
    private const int SenderAddress = 14;
    private const int TargetStation = 18;
    private const int TargetAddress = 24;

    private const uint EthernetAndIpv4 = 0x0001_0800;
    private const ushort SixAndFour = 0x0604;

    public static bool IsWellFormed(ReadOnlySpan<byte> message)
        => message.Length >= Size
            && BigEndian.Read32(message, Kind) == EthernetAndIpv4
            && BigEndian.Read16(message, Lengths) == SixAndFour;

    public static ushort OperationOf(ReadOnlySpan<byte> message) => BigEndian.Read16(message, Operation);

    public static ulong SenderStationOf(ReadOnlySpan<byte> message) => EthernetHeader.ReadAddress(message, SenderStation);

    public static uint SenderAddressOf(ReadOnlySpan<byte> message) => BigEndian.Read32(message, SenderAddress);

    public static uint TargetAddressOf(ReadOnlySpan<byte> message) => BigEndian.Read32(message, TargetAddress);

    /// <summary>Asks everybody on the link for the station that has an address.</summary>
    public static void WriteRequest(Span<byte> frame, ulong ownStation, uint ownAddress, uint wanted)
    {
        EthernetHeader.Write(frame, EthernetHeader.Broadcast, ownStation, EthernetHeader.Arp);
        Span<byte> message = frame.Slice(EthernetHeader.Size);
        BigEndian.Write32(message, Kind, EthernetAndIpv4);
        BigEndian.Write16(message, Lengths, SixAndFour);
        WriteSender(message, Request, ownStation, ownAddress);
        EthernetHeader.WriteAddress(message, TargetStation, 0);
        BigEndian.Write32(message, TargetAddress, wanted);
    }

    /// <summary>Makes a received request the reply to it, in place.</summary>
    public static void TurnIntoReply(Span<byte> frame, ulong ownStation, uint ownAddress)
    {
        Span<byte> message = frame.Slice(EthernetHeader.Size);
        EthernetHeader.WriteAddress(message, TargetStation, SenderStationOf(message));
        BigEndian.Write32(message, TargetAddress, SenderAddressOf(message));
        WriteSender(message, Reply, ownStation, ownAddress);
        EthernetHeader.TurnAround(frame, ownStation);
    }

    private static void WriteSender(Span<byte> message, ushort operation, ulong station, uint address)
    {
        BigEndian.Write16(message, Operation, operation);
        EthernetHeader.WriteAddress(message, SenderStation, station);
        BigEndian.Write32(message, SenderAddress, address);
    }
}
