// What the network service is told on its command line. The other end: userland/services/net. Back to: MicrokernelPlacement.cs
using System;
using RingOS.Abi;
using RingOS.Net;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>
/// "net 10.0.2.15 255.255.255.0 10.0.2.2 offload 0 32": addresses, who completes checksums (offload or software), the number of the
/// <see cref="CompletionMode"/>, frames handed over at a time; then stack-fault=, for services that know what to do with it.
/// </summary>
internal static class ServiceArguments
{
    /// <summary>Writes the line; its length.</summary>
    public static int Write(Span<byte> line, NetworkConfiguration configuration, Dials dials, ReadOnlySpan<byte> fault)
    {
        int length = WriteText(line, 0, "net"u8);
        length = WriteAddress(line, length, configuration.Address);
        length = WriteAddress(line, length, configuration.Mask);
        length = WriteAddress(line, length, configuration.Gateway);
        length = WriteText(line, length, configuration.MayOffloadChecksums ? " offload "u8 : " software "u8);
        length = WriteNumber(line, length, (uint)dials.Completion);
        length = WriteText(line, length, " "u8);
        length = WriteNumber(line, length, (uint)dials.Batch);
        return fault.IsEmpty ? length : WriteText(line, WriteText(line, length, " "u8), fault);
    }

    private static int WriteText(Span<byte> line, int length, ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length && length < line.Length; i++)
            line[length++] = text[i];
        return length;
    }

    private static int WriteAddress(Span<byte> line, int length, uint address)
    {
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            line[length++] = (byte)(shift == 24 ? ' ' : '.');
            length = WriteNumber(line, length, (address >> shift) & 0xFF);
        }
        return length;
    }

    private static int WriteNumber(Span<byte> line, int length, uint value)
    {
        if (value >= 10)
            length = WriteNumber(line, length, value / 10);
        line[length++] = (byte)('0' + (value % 10));
        return length;
    }
}
