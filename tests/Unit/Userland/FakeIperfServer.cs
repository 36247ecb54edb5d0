// What an iperf 2.1 server does, as far as a client can see. Next: IperfRunTests.cs
using System;
using System.Buffers.Binary;

namespace RingOS.Tests.Unit.Userland;

/// <summary>Counts datagrams and answers the final one; the answer's layout is that of Debian's iperf 2.1.8.</summary>
public sealed class FakeIperfServer
{
    /// <summary>An answer of Debian's server: 9 of 10 datagrams of 1470 bytes and the final one, one lost, one out of order.</summary>
    public static readonly byte[] CapturedReport = Convert.FromHexString(
        "0000000000000000000000000000000088000000000000000000396c0000000000016abc00000001000000010000000b00000000000000040000000000000051"
        + "000000000000005a000000000000035800000000000000550000003000061a7f"
        + "00000000000000000000000a0000007600000001000000000000000000000000");

    /// <summary>The final datagram's repetitions that are ignored; negative for a server that never answers.</summary>
    public int IgnoredFinals { get; init; }

    public uint Datagrams { get; private set; }

    public uint Bytes { get; private set; }

    public int Finals { get; private set; }

    public byte[]? Answer(byte[] datagram)
    {
        Bytes += (uint)datagram.Length;
        if (BinaryPrimitives.ReadInt32BigEndian(datagram) >= 0)
        {
            Datagrams++;
            return null;
        }
        Finals++;
        if (IgnoredFinals < 0 || Finals <= IgnoredFinals)
            return null;
        return Report(Datagrams + 1, 0, 0, Bytes, 1_503_100, 4);
    }

    public static byte[] Report(uint datagrams, uint lost, uint outOfOrder, uint bytes, uint microseconds, uint jitter)
    {
        byte[] report = new byte[128];
        Write(report, 16, 0x8800_0000);
        Write(report, 24, bytes);
        Write(report, 28, microseconds / 1_000_000);
        Write(report, 32, microseconds % 1_000_000);
        Write(report, 36, lost);
        Write(report, 40, outOfOrder);
        Write(report, 44, datagrams);
        Write(report, 52, jitter);
        return report;
    }

    private static void Write(byte[] report, int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(offset), value);
}
