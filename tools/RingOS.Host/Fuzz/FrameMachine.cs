// A guest whose wire ends here: hostile frames go in, and now and then a question that it must answer. QEMU's socket netdev carries a
// frame a datagram. Back to: FuzzMachine.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Machines;

namespace RingOS.Host.Fuzz;

/// <summary>Sends the frames of a plan, of which a "call" is one here, while a server runs in the guest.</summary>
/// <param name="kernel">The kernel's ELF file.</param>
public sealed class FrameMachine(string kernel) : IFuzzRunner
{
    /// <summary>Frames between two questions, so that none is lost for want of room and a failure is known to be near.</summary>
    public const int FramesBetweenQuestions = 32;

    private const int LargestFrame = 65_536;
    private const int Attempts = 60;
    private static readonly TimeSpan s_attempt = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(60);
    private static readonly byte[] s_finish = Encoding.ASCII.GetBytes("finish the frames"); // Programs/Fuzz/FuzzServer.cs

    private readonly Lazy<IReadOnlyList<ArchiveFile>> _files = new(() => Images.ContentsForFuzzing(kernel));

    /// <exception cref="RingOsException">The machine could not be started, or its kernel not booted.</exception>
    public async Task<FuzzOutcome> RunAsync(FuzzPlan plan, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Repository.BootFolder);
        string archive = Path.Combine(Repository.BootFolder, $"frames-{Guid.NewGuid():N}.tar");
        try
        {
            BootArchive.Write(archive, [.. _files.Value, new ArchiveFile("etc/fuzz", Encoding.ASCII.GetBytes("frames 1\n"))]);
            return await RunAsync(plan, archive, cancellation);
        }
        finally
        {
            File.Delete(archive);
        }
    }

    private async Task<FuzzOutcome> RunAsync(FuzzPlan plan, string archive, CancellationToken cancellation)
    {
        using Socket wire = Bind();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int machinePort = FreePort();
        Task<GuestRun> running = Machine.RunAsync(OptionsOf(plan, archive, machinePort, PortOf(wire)), onLine: null, end.Token);
        Peer peer = new(wire, new IPEndPoint(IPAddress.Loopback, machinePort), running);
        (long sent, bool isAnswered) = await SendAsync(peer, plan, cancellation);
        if (isAnswered)
            await Task.WhenAny(peer.SayAsync(s_finish, s_farewell), running);
        if (running.IsCompleted)
            return Ended(await running, sent);
        await end.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // We have ended it.
        }
        cancellation.ThrowIfCancellationRequested();
        string last = string.Create(CultureInfo.InvariantCulture, $"after {sent} frames the guest answers no echo request any more");
        return new FuzzOutcome { Calls = sent, Failure = new FuzzFailure("no answer", isAnswered ? "the guest's server does not end when it is told to" : last) };
    }

    private static async Task<(long Sent, bool IsAnswered)> SendAsync(Peer peer, FuzzPlan plan, CancellationToken cancellation)
    {
        long sent = 0;
        bool isAnswered = await peer.AskAsync(Attempts, s_attempt, cancellation);
        IEnumerable<long> numbers = (plan.Kept ?? plan.Everything).SelectMany(static range => Numbers(range));
        foreach (long number in numbers)
        {
            if (!isAnswered)
                break;
            peer.Send(FrameMaker.Make(plan.Seed, number));
            if (++sent % FramesBetweenQuestions == 0)
                isAnswered = await peer.AskAsync(Attempts, s_attempt, cancellation);
        }
        return (sent, isAnswered && await peer.AskAsync(Attempts, s_attempt, cancellation));
    }

    private static IEnumerable<long> Numbers(CallRange range)
    {
        for (long number = range.First; number < range.End; number++)
            yield return number;
    }

    private static FuzzOutcome Ended(GuestRun run, long sent)
    {
        if (run.Ending is GuestEnding.BootFailed or GuestEnding.MachineFailed)
            throw new RingOsException($"the server did not start: {run.Summary}\n{run.LastLines}");
        return new FuzzOutcome { Calls = sent, Failure = FuzzVerdict.Of(run).Failure };
    }

    // A machine that is as slow as its host must not lose its driver to the watchdog.
    private MachineOptions OptionsOf(FuzzPlan plan, string archive, int machinePort, int peerPort) => new()
    {
        Kernel = kernel,
        Archive = archive,
        CommandLine = $"placement={plan.Scenario.Placement} watchdog=10000 -- fuzz 1",
        Wire = new DatagramWire(machinePort, peerPort),
        Deadline = null,
    };

    private static Socket Bind()
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static int FreePort()
    {
        using Socket probe = Bind();
        return PortOf(probe);
    }

    // The station at the other end of the guest's wire: answers ARP, and asks for echoes.
    private sealed class Peer(Socket wire, IPEndPoint machine, Task running)
    {
        private const ushort Identifier = 0x5247;

        private readonly byte[] _frame = new byte[LargestFrame];
        private ushort _sequence;

        public void Send(byte[] frame)
        {
            try
            {
                wire.SendTo(frame, machine);
            }
            catch (SocketException)
            {
                // The machine is not there yet, or not any more: the next question tells.
            }
        }

        // Any answer to any attempt of this question will do; an older one will not.
        public async Task<bool> AskAsync(int attempts, TimeSpan patience, CancellationToken cancellation)
        {
            _sequence++;
            for (int attempt = 0; attempt < attempts && !running.IsCompleted; attempt++)
            {
                Send(PeerFrames.EchoRequest(Identifier, _sequence, 32));
                if (await ListenAsync(patience, cancellation))
                    return true;
            }
            return false;
        }

        // Until the machine has ended, or time is over.
        public async Task SayAsync(byte[] payload, TimeSpan patience)
        {
            using CancellationTokenSource timer = new(patience);
            while (!running.IsCompleted && !timer.IsCancellationRequested)
            {
                Send(PeerFrames.Datagram(payload));
                await ListenAsync(s_attempt, CancellationToken.None);
            }
        }

        private async Task<bool> ListenAsync(TimeSpan patience, CancellationToken cancellation)
        {
            using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timer.CancelAfter(patience);
            try
            {
                for (; ; )
                {
                    int length = await ReceiveAsync(timer.Token);
                    ReadOnlyMemory<byte> frame = _frame.AsMemory(0, length);
                    if (PeerFrames.AnswerTo(frame.Span) is { } answer)
                        Send(answer);
                    else if (PeerFrames.IsEchoReply(frame.Span, Identifier, _sequence))
                        return true;
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        private async Task<int> ReceiveAsync(CancellationToken cancellation)
        {
            try
            {
                return await wire.ReceiveAsync(_frame, cancellation);
            }
            catch (SocketException)
            {
                return 0; // the machine is not there yet: loopback says so
            }
        }
    }
}
