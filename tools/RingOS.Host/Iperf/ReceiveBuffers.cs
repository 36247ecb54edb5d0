// The host's receive buffer of a UDP socket: making it large, and counting what did not fit. socket(7), proc(5). Back to: IperfServer.cs
using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;

namespace RingOS.Host.Iperf;

/// <summary>Linux's view of a UDP socket's receive buffer.</summary>
internal static class ReceiveBuffers
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int ForceReceiveBuffer = 33; // SO_RCVBUFFORCE: beyond net.core.rmem_max, for CAP_NET_ADMIN only
    private const string Table = "/proc/net/udp";
    private const int QueuesColumn = 4; // bytes to send and bytes received, in hexadecimal, a colon between them

    /// <summary>Makes the buffer as large as this process may.</summary>
    public static void Enlarge(Socket socket, int bytes)
    {
        try
        {
            socket.SetRawSocketOption(SocketLevel, ForceReceiveBuffer, BitConverter.GetBytes(bytes));
        }
        catch (SocketException)
        {
            socket.ReceiveBufferSize = bytes; // cut to net.core.rmem_max without an error
        }
    }

    /// <summary>Datagrams dropped for want of room by the socket bound to a port of 127.0.0.1; 0 where the system does not tell.</summary>
    public static long Drops(int port)
        => RowOf(port) is string[] row && long.TryParse(row[^1], CultureInfo.InvariantCulture, out long drops) ? drops : 0;

    /// <summary>Whether that socket holds datagrams its owner has not read yet; false where the system does not tell.</summary>
    public static bool HasUnread(int port)
        => RowOf(port) is string[] row && row.Length > QueuesColumn && !row[QueuesColumn].EndsWith(":00000000", StringComparison.Ordinal);

    private static string[]? RowOf(int port)
    {
        if (!File.Exists(Table))
            return null;
        string local = string.Create(CultureInfo.InvariantCulture, $"0100007F:{port:X4}");
        return File.ReadLines(Table)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(columns => columns.Length > 1 && columns[1] == local);
    }
}
