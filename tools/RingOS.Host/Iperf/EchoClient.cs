// Sends datagrams that somebody sends back: RFC 862, the guest's program udpecho. Back to: IperfDatagram.cs
using System;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Iperf;

/// <summary>What became of a run.</summary>
/// <param name="RoundTrips">Echoes that came back.</param>
/// <param name="Resent">Datagrams sent again because no echo came in time: lost one way or the other.</param>
public sealed record EchoResult(int RoundTrips, int Resent);

/// <summary>One datagram in flight at a time: the next is sent when the echo is back, so nothing is lost for want of room.</summary>
public sealed class EchoClient : IDisposable
{
    /// <summary>A datagram that does not come back after so many tries ends the run.</summary>
    public const int MostTries = 20;

    private const int SequenceSize = 8;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <param name="port">UDP port of 127.0.0.1.</param>
    public EchoClient(int port) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>From an echo to the next datagram: zero keeps a fast guest from ever getting to sleep in between.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Without an echo for so long, a datagram is sent again.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends datagrams one after the other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="bytes">UDP payload of each, at least 8.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Task<EchoResult> RunAsync(int count, int bytes, CancellationToken cancellation = default)
    {
        if (bytes < SequenceSize)
            throw new RingOsException($"{bytes} bytes do not fit; give {SequenceSize} or more", exitCode: 2);
        return Task.Factory.StartNew(() => Run(count, bytes, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private EchoResult Run(int count, int bytes, CancellationToken cancellation)
    {
        byte[] datagram = new byte[bytes];
        byte[] answer = new byte[bytes];
        _socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        int resent = 0;
        for (int number = 0; number < count; number++)
        {
            BinaryPrimitives.WriteInt64BigEndian(datagram, number);
            int tries = Exchange(datagram, answer, cancellation);
            resent += Math.Max(tries, 1) - 1;
            if (tries == 0)
                return new EchoResult(number, resent + MostTries - 1);
            Thread.Sleep(Gap);
        }
        return new EchoResult(count, resent);
    }

    /// <returns>How often the datagram was sent; 0 if it never came back.</returns>
    private int Exchange(byte[] datagram, byte[] answer, CancellationToken cancellation)
    {
        for (int tries = 1; tries <= MostTries; tries++)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _socket.Send(datagram);
                while (_socket.Receive(answer) is int length) // late echoes of what was sent again are passed over
                {
                    if (answer.AsSpan(0, length).SequenceEqual(datagram))
                        return tries;
                }
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
            {
                Thread.Sleep(Patience);
            }
        }
        return 0;
    }
}
