// An iperf 2 client for a server in the guest, reached through a forwarded port. Source: Client.cpp of iperf 2.1.8. Next: EchoClient.cs
using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Iperf;

/// <summary>Sends datagrams to 127.0.0.1 and asks for the server's report.</summary>
/// <remarks>
/// iperf has no acknowledgements to pace by, so bursts are paced by the clock, and by what the other end's socket holds unread. Real
/// time does not enter the guest's figures: under icount a halted guest counts no instructions, and what passes of its clock meanwhile
/// it subtracts as idle.
/// </remarks>
public sealed class IperfClient : IDisposable
{
    /// <summary>Closing datagrams before the client gives up.</summary>
    public const int MostTries = 200;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(50); // iperf: 10; here the guest may be an emulated one

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <param name="port">UDP port of 127.0.0.1.</param>
    public IperfClient(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>Closing datagrams sent.</summary>
    public int Tries { get; private set; }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a whole run.</summary>
    /// <returns>The server's report; null if it never answered.</returns>
    /// <exception cref="RingOsException">The options make no sense.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public Task<IperfReport?> RunAsync(IperfClientOptions options, CancellationToken cancellation = default)
    {
        options.Check();
        return Task.Factory.StartNew(() => Run(options, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private IperfReport? Run(IperfClientOptions options, CancellationToken cancellation)
    {
        byte[] datagram = new byte[options.Bytes];
        IperfDatagram.WriteSettings(datagram);
        SendData(datagram, options, cancellation);
        return Finish(datagram, options.Count, cancellation);
    }

    private void SendData(byte[] datagram, IperfClientOptions options, CancellationToken cancellation)
    {
        Send(datagram, 1);
        if (options.IsHeard is Task isHeard)
            isHeard.Wait((int)options.OpeningPause.TotalMilliseconds, cancellation);
        else
            Pause(options.OpeningPause, cancellation);
        for (int id = 2; id <= options.Count; id++)
        {
            Send(datagram, id);
            if ((id - 1) % options.Burst == 0)
                PauseUntilRead(options.Gap, cancellation);
        }
        Pause(options.Gap, cancellation);
    }

    // Each try has an id of its own, as in iperf; the server answers every one of them.
    private IperfReport? Finish(byte[] datagram, int count, CancellationToken cancellation)
    {
        byte[] answer = new byte[datagram.Length + IperfDatagram.ReportSize];
        _socket.ReceiveTimeout = (int)s_patience.TotalMilliseconds;
        for (Tries = 1; Tries <= MostTries; Tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            Send(datagram, -(count + (long)Tries));
            if (TryReceive(answer, out int length)
                && IperfDatagram.TryReadReport(answer.AsSpan(0, length), count, (IPEndPoint)_socket.LocalEndPoint!, out IperfReport? report))
                return report;
        }
        return null;
    }

    // An ICMP error for an earlier datagram comes out of a later call; nobody listens then, and the report will be missing.
    private void Send(byte[] datagram, long id)
    {
        IperfDatagram.Write(datagram, new IperfDatagram(id, (DateTime.UtcNow - DateTime.UnixEpoch).Ticks));
        try
        {
            _socket.Send(datagram);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
        }
    }

    private bool TryReceive(byte[] answer, out int length)
    {
        length = 0;
        try
        {
            length = _socket.Receive(answer);
            return true;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
        {
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
            Thread.Sleep(s_patience); // refused at once: keep the pace
            return false;
        }
    }

    // A server, or the QEMU in front of it, that did not get to read is not sent more.
    private void PauseUntilRead(TimeSpan gap, CancellationToken cancellation)
    {
        do
            Pause(gap, cancellation);
        while (ReceiveBuffers.HasUnread(((IPEndPoint)_socket.RemoteEndPoint!).Port));
    }

    private static void Pause(TimeSpan pause, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) is TimeSpan passed && passed < pause)
            Thread.Sleep(pause - passed);
    }
}
