// The embedded server against Debian's own iperf client, and against datagrams made by hand. Code: tools/RingOS.Host/Iperf
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using RingOS.Host;
using RingOS.Host.Iperf;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class IperfServerTests
{
    private const int DatagramSize = 100;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task DebiansClientGetsItsReport()
    {
        using IperfServer server = new();
        string port = server.Port.ToString(CultureInfo.InvariantCulture);
        ToolResult client = await ExternalTool.RunAsync("iperf",
            ["-c", "127.0.0.1", "-u", "-p", port, "-n", "294000", "-l", "1470", "-b", "50m"], CancellationToken.None);
        IperfReport report = (await server.NextReportAsync(s_patience))!;

        Assert.Equal(200, report.Received);
        Assert.Equal(200, report.Sent);
        Assert.Equal(294_000, report.Bytes);
        Assert.Equal((0, 0, 0), (report.Lost, report.OutOfOrder, report.Duplicates));
        Assert.True(report.Duration > TimeSpan.Zero);
        Assert.Contains("Server Report:", client.Output, StringComparison.Ordinal);
        Assert.Contains(" 0/200 (0%)", client.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("did not receive ack", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsOneAfterAnotherAndAtOnceAreKeptApart()
    {
        using IperfServer server = new();
        using Client first = new(server.Port);
        using Client second = new(server.Port);
        first.Send(1, 2, 3);
        second.Send(1, 2);
        first.Send(-4);
        second.Send(-3);
        IperfReport[] reports = [(await server.NextReportAsync(s_patience))!, (await server.NextReportAsync(s_patience))!];
        Assert.Equal([(first.Port, 3L), (second.Port, 2L)], reports.Select(report => (report.Client.Port, report.Received)));

        first.Send(1, -2); // the same port again: a new session
        IperfReport again = (await server.NextReportAsync(s_patience))!;
        Assert.Equal((first.Port, 1L), (again.Client.Port, again.Received));
    }

    [Fact]
    public async Task LossOrderAndRepetitionAreCounted()
    {
        using IperfServer server = new();
        using Client client = new(server.Port);
        client.Send(1, 2, 5, 3, 3, 9, -11); // 4, 6, 7, 8 and 10 never come; 3 comes late, and twice
        IperfReport report = (await server.NextReportAsync(s_patience))!;
        Assert.Equal((10, 5, 5), (report.Sent, report.Received, report.Lost));
        Assert.Equal((1, 1), (report.OutOfOrder, report.Duplicates));
        Assert.Equal(6 * DatagramSize, report.Bytes);

        byte[] answer = client.Receive();
        Assert.Equal(128, answer.Length);
        Assert.Equal(-11, Field(answer, 0));
        Assert.Equal(unchecked((int)0x8000_0000), Field(answer, 16));
        Assert.Equal(6 * DatagramSize, Field(answer, 24)); // total_len2
        Assert.Equal(5, Field(answer, 36)); // error_cnt
        Assert.Equal(1, Field(answer, 40)); // outorder_cnt
        Assert.Equal(10, Field(answer, 44)); // datagrams
    }

    // As fast as one sender can, with the machine as busy as it is: what did not come was dropped here, and is counted here.
    [Fact]
    public async Task WhatDidNotComeTheHostLost()
    {
        const int Count = 50_000;
        using IperfServer server = new();
        using Client client = new(server.Port);
        for (int id = 1; id <= Count; id++)
            client.Send(id);
        IperfReport? report = null;
        for (int end = 0; end < 100 && report is null; end++)
        {
            client.Send(-(Count + 1));
            report = await server.NextReportAsync(TimeSpan.FromMilliseconds(100));
        }
        Assert.InRange(Count - report!.Received, 0, server.HostDrops);
    }

    [Fact]
    public async Task ARepeatedEndGetsTheSameReportAndNoNewSession()
    {
        using IperfServer server = new();
        using Client client = new(server.Port);
        client.Send(1, 2, -3);
        byte[] first = client.Receive();
        client.Send(-4);
        byte[] second = client.Receive();
        Assert.Equal(first[16..], second[16..]);
        Assert.NotNull(await server.NextReportAsync(s_patience));
        Assert.Null(await server.NextReportAsync(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public async Task WhatIsNotIperfsIsIgnored()
    {
        using IperfServer server = new();
        using Client client = new(server.Port);
        client.SendRaw([]);
        client.SendRaw(new byte[IperfDatagram.HeaderSize - 1]);
        client.Send(1, -2);
        Assert.Equal(1, (await server.NextReportAsync(s_patience))!.Received);
    }

    [Fact]
    public void APortInUseIsSaidSo()
    {
        using IperfServer server = new();
        RingOsException failure = Assert.Throws<RingOsException>(() => new IperfServer(server.Port));
        Assert.Contains($"{server.Port} of 127.0.0.1 is in use", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task AClosedServerStopsListening()
    {
        IperfServer server = new();
        Task<IperfReport?> waiting = server.NextReportAsync(TimeSpan.FromMilliseconds(20));
        server.Dispose();
        server.Dispose();
        Assert.Null(await waiting);
        using IperfServer again = new(server.Port);
        Assert.Equal(server.Port, again.Port);
    }

    // Whatever arrives in whatever order, the counts add up to what a set would say.
    [Fact]
    public void CountsAgreeWithASet()
        => Gen.Int[1, 300].Array[0, 200].Sample(ids =>
        {
            IperfSession session = new(new IPEndPoint(IPAddress.Loopback, 1));
            foreach (int id in ids)
                session.Count(new IperfDatagram(id, 0), DatagramSize, arrival: id);
            HashSet<int> distinct = [.. ids];
            IperfReport report = session.Finish(301);
            return report.Sent == 300 && report.Received == distinct.Count && report.Duplicates == ids.Length - distinct.Count
                && report.Lost == 300 - distinct.Count && report.Bytes == (long)ids.Length * DatagramSize;
        });

    [Fact]
    public void OldClientsCountFromZero()
    {
        IperfSession session = new(new IPEndPoint(IPAddress.Loopback, 1));
        session.Count(new IperfDatagram(0, 0), DatagramSize, 0);
        session.Count(new IperfDatagram(1, 0), DatagramSize, 1);
        Assert.Equal((2, 0), (session.Finish(2).Sent, session.Finish(2).Lost));
    }

    [Fact]
    public void IdsOfSixtyFourBitsAreReadWhereTheFlagSaysSo()
    {
        byte[] bytes = new byte[20];
        BinaryPrimitives.WriteInt32BigEndian(bytes, -2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), 1);
        Assert.True(IperfDatagram.TryRead(bytes, out IperfDatagram shortId));
        Assert.Equal(-2, shortId.Id);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), 0x0800_0000);
        Assert.True(IperfDatagram.TryRead(bytes, out IperfDatagram longId));
        Assert.Equal(0x1_FFFF_FFFE, longId.Id);
    }

    private static int Field(byte[] packet, int offset) => BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(offset));

    private sealed class Client : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

        public Client(int serverPort)
        {
            _socket.ReceiveTimeout = 30_000;
            _socket.Connect(new IPEndPoint(IPAddress.Loopback, serverPort));
        }

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public void Send(params int[] ids)
        {
            foreach (int id in ids)
            {
                byte[] bytes = new byte[DatagramSize];
                BinaryPrimitives.WriteInt32BigEndian(bytes, id);
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), id < 0 ? -1 : 0);
                SendRaw(bytes);
            }
        }

        public void SendRaw(byte[] bytes) => _socket.Send(bytes);

        public byte[] Receive()
        {
            byte[] buffer = new byte[2048];
            return buffer[.._socket.Receive(buffer)];
        }

        public void Dispose() => _socket.Dispose();
    }
}
