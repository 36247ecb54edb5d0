// The embedded clients against the embedded server, a guest made by hand, and Debian's iperf. Code: tools/RingOS.Host/Iperf
using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host;
using RingOS.Host.Iperf;
using Xunit;

namespace RingOS.Tests.Unit.Host;

public sealed class IperfClientTests
{
    private static readonly IperfClientOptions s_fast = new() { Count = 50, Bytes = 200, Gap = TimeSpan.Zero, OpeningPause = TimeSpan.Zero };

    [Fact]
    public async Task TheServerCountsWhatTheClientSends()
    {
        using IperfServer server = new();
        using IperfClient client = new(server.Port);
        IperfReport? answer = await client.RunAsync(s_fast with { Burst = 7 });
        IperfReport counted = (await server.NextReportAsync(TimeSpan.FromSeconds(30)))!;
        Assert.Equal((50, 50, 10_000), (counted.Sent, counted.Received, counted.Bytes));
        Assert.Equal((50L, 50L, 0L, 10_000L), (answer!.Sent, answer.Received, answer.Lost, answer.Bytes));
    }

    [Fact]
    public async Task ARepeatedEndIsAnswered()
    {
        using Guest guest = new();
        using IperfClient client = new(guest.Port);
        Task<IperfReport?> running = client.RunAsync(s_fast with { Count = 2 });
        Assert.Equal([1, 2, -3, -4], guest.ReceiveIds(4));
        guest.Answer([1, 2, 3]); // not a report: asked again
        Assert.Equal([-5], guest.ReceiveIds(1));
        guest.AnswerReport(lost: 1);
        IperfReport report = (await running)!;
        Assert.Equal((2, 1, 1), (report.Sent, report.Received, report.Lost));
        Assert.Equal(TimeSpan.FromMicroseconds(1_500_000), report.Duration);
    }

    [Fact]
    public async Task TheFirstDatagramGoesAloneUntilItIsHeard()
    {
        using Guest guest = new();
        using IperfClient client = new(guest.Port);
        using CancellationTokenSource stop = new();
        TaskCompletionSource heard = new();
        Task<IperfReport?> running = client.RunAsync(
            s_fast with { Count = 3, IsHeard = heard.Task, OpeningPause = TimeSpan.FromMinutes(5) }, stop.Token);
        Assert.Equal([1], guest.ReceiveIds(1));
        Assert.False(guest.HasMore);
        heard.SetResult();
        Assert.Equal([2, 3, -4], guest.ReceiveIds(3));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Theory]
    [InlineData(0, 100, 1)]
    [InlineData(1, 39, 1)]
    [InlineData(1, 1473, 1)]
    [InlineData(1, 100, 0)]
    public async Task NonsenseIsRefusedInOneLine(int count, int bytes, int burst)
    {
        using IperfClient client = new(9);
        RingOsException refusal = await Assert.ThrowsAsync<RingOsException>(
            () => client.RunAsync(new IperfClientOptions { Count = count, Bytes = bytes, Burst = burst }));
        Assert.Equal(2, refusal.ExitCode);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task EchoesComeOneByOneAndLostOnesAreSentAgain()
    {
        using Guest guest = new();
        using EchoClient client = new(guest.Port) { Patience = TimeSpan.FromMilliseconds(50), Gap = TimeSpan.Zero };
        Task<EchoResult> running = client.RunAsync(3, 64);
        byte[] first = guest.Receive();
        Assert.Equal(first, guest.Receive()); // lost, and sent again
        guest.Answer(first);
        byte[] second = guest.Receive();
        guest.Answer(first); // late: passed over
        Assert.Equal(second, guest.Receive());
        guest.Answer(second);
        byte[] third = guest.Receive();
        while (third.AsSpan().SequenceEqual(second))
            third = guest.Receive(); // this machine was slow to answer
        guest.Answer(third);
        EchoResult result = await running;
        Assert.Equal(3, result.RoundTrips);
        Assert.True(result.Resent >= 2);
        Assert.Equal(64, third.Length);
    }

    [Fact]
    public async Task AnEchoThatNeverComesEndsTheRun()
    {
        using Guest guest = new();
        using EchoClient client = new(guest.Port) { Patience = TimeSpan.FromMilliseconds(1), Gap = TimeSpan.Zero };
        EchoResult result = await client.RunAsync(3, 64);
        Assert.Equal(new EchoResult(0, EchoClient.MostTries - 1), result);
    }

    // A guest's end of a forwarded port.
    private sealed class Guest : IDisposable
    {
        private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
        private IPEndPoint _client = new(IPAddress.Any, 0);

        public Guest() => _socket.Client.ReceiveTimeout = 30_000;

        public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

        public bool HasMore => _socket.Available > 0;

        public byte[] Receive() => _socket.Receive(ref _client);

        public long[] ReceiveIds(int count)
        {
            long[] ids = new long[count];
            for (int i = 0; i < count; i++)
            {
                Assert.True(IperfDatagram.TryRead(Receive(), out IperfDatagram datagram), string.Create(CultureInfo.InvariantCulture, $"datagram {i}"));
                ids[i] = datagram.Id;
            }
            return ids;
        }

        public void Answer(byte[] bytes) => _socket.Send(bytes, bytes.Length, _client);

        public void AnswerReport(long lost)
        {
            byte[] report = new byte[IperfDatagram.ReportSize];
            IperfReport counts = new()
            {
                Client = _client,
                Sent = 3,
                Received = 3 - lost,
                OutOfOrder = 0,
                Duplicates = 0,
                Bytes = 600,
                Jitter = TimeSpan.Zero,
                Duration = TimeSpan.FromSeconds(1.5),
            };
            IperfDatagram.WriteReport(report, new byte[IperfDatagram.HeaderSize], counts);
            Answer(report);
        }

        public void Dispose() => _socket.Dispose();
    }
}
