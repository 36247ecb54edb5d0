// Which socket is told of which lost frame, in every placement. Subjects: lib/Net/SentFrames.cs, kernel/sockets/Socket.cs.
// Back to: CompletionModeTests.cs
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Threads;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class LossTests
{
    private const ulong Pause = 10 * PlacementBench.Millisecond;

    // What the NIC reports of three frames, in order. It may know no more than how many of them were lost: a BCM5721 counts losses, and
    // its driver charges the last frames of those that ended together. The stack tells whoever is charged.
    private static readonly string[] s_reports = ["S", "X", "L", "A", "SXS", "XSS", "SSX", "SXX", "LXX"];

    public static TheoryData<string> Placements => CompletionModeTests.EveryPlacement;

    public static TheoryData<string, string> Reports
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string placement in PlacementNames)
            {
                foreach (string reports in s_reports)
                    all.Add(placement, reports);
            }
            return all;
        }
    }

    public static TheoryData<string, CompletionMode> Modes
    {
        get
        {
            TheoryData<string, CompletionMode> all = [];
            foreach (string placement in PlacementNames)
            {
                all.Add(placement, CompletionMode.Queued);
                all.Add(placement, CompletionMode.Wait);
                all.Add(placement, CompletionMode.Next);
            }
            return all;
        }
    }

    private static IEnumerable<string> PlacementNames => CompletionModeTests.PlacementNames;

    [Theory]
    [MemberData(nameof(Reports))]
    public void WaitTellsTheWritersOfTheLostFramesOnly(string placement, string reports)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Wait).Place();
        Dictionary<string, Status> told = [];
        bench.Run((program, socket) =>
        {
            bench.Nic.IsStuck = true;
            for (int i = 0; i < reports.Length; i++)
                StartWriter(bench, ((char)('a' + i)).ToString(), told);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Empty(told);
            Finish(bench, reports);
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        string[] order = [.. bench.Nic.Sent.Select(static frame => Encoding.ASCII.GetString(Wire.ParseUdp(frame).Payload))];
        Assert.Equal(reports.Length, order.Length);
        for (int i = 0; i < order.Length; i++)
            Assert.Equal(reports[i] == 'S' ? Status.Ok : Status.IoError, told[order[i]]);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public void NextTellsTheSocketsOfTheLostFramesOnlyAndOnce(string placement, string reports)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Next).Place();
        bench.Run((program, _) =>
        {
            bench.Nic.IsStuck = true;
            long[] sockets = [.. reports.Select(_ => program.SocketTo(Wire.Gateway, 5001))];
            Assert.All(sockets, socket => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
            program.Syscall(SyscallNumber.Sleep, Pause);
            Finish(bench, reports);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(
                reports.Select(static report => report == 'S' ? Status.Ok : Status.IoError),
                sockets.Select(socket => PlacementBench.Write(program, socket)));
            Assert.All(sockets, socket => Assert.Equal(Status.Ok, PlacementBench.Write(program, socket)));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Placements))]
    public void NextSaysNothingToTheSuccessorOfAClosedSocket(string placement)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: CompletionMode.Next).Place();
        bench.Run((program, _) =>
        {
            bench.Nic.IsStuck = true;
            long before = program.SocketTo(Wire.Gateway, 5001);
            long during = program.SocketTo(Wire.Gateway, 5001);
            Assert.Equal(Status.Ok, PlacementBench.Write(program, before));
            Assert.Equal(Status.Ok, PlacementBench.Write(program, during));
            Assert.Equal(Status.Ok, program.Fail(SyscallNumber.Close, (ulong)during)); // its frame is still on the way
            Finish(bench, "XX");
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(Status.Ok, program.Fail(SyscallNumber.Close, (ulong)before)); // the loss has not been told yet
            for (int i = 0; i < 2; i++)
                Assert.Equal(Status.Ok, PlacementBench.Write(program, program.SocketTo(Wire.Gateway, 5001)));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        Assert.Equal(2ul, bench.Stack.Statistics.FramesNotSent);
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ALostAnswerToANeighbourIsNobodysLoss(string placement, CompletionMode completion)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: completion).Place();
        bench.Run((program, socket) =>
        {
            bench.Nic.Outcomes.Enqueue(TransmitOutcome.ExcessiveCollisions);
            bench.Nic.Arriving.Enqueue(Wire.Arp(1, Wire.PeerMac, Wire.Peer, 0, Wire.OwnAddress, Wire.BroadcastMac));
            bench.Kernel.Interrupt(HostedKernel.NicLine);
            program.Syscall(SyscallNumber.Sleep, Pause);
            Assert.Equal(1ul, bench.Stack.Statistics.FramesNotSent);
            for (int i = 0; i < 2; i++)
                Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            program.Syscall(SyscallNumber.Sleep, Pause);
        });
        bench.AssertConserved();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void ALostQuestionForANeighbourIsAskedAgain(string placement, CompletionMode completion)
    {
        using PlacementBench bench = new PlacementBench(placement, completion: completion).Place();
        bench.Run(
            (program, _) =>
            {
                bench.Nic.Outcomes.Enqueue(TransmitOutcome.ExcessiveCollisions);
                bench.Nic.Outcomes.Enqueue(TransmitOutcome.LateCollision);
                long socket = program.SocketTo(Wire.Peer, 5001);
                Assert.Equal(2ul, bench.Stack.Statistics.FramesNotSent);
                for (int i = 0; i < 2; i++)
                    Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
                program.Syscall(SyscallNumber.Sleep, Pause);
            },
            forAtMost: 10 * PlacementBench.Second);
        bench.AssertConserved();
    }

    private static void StartWriter(PlacementBench bench, string name, Dictionary<string, Status> told)
        => bench.Kernel.Start(name, writer => told[name] = PlacementBench.Write(writer, writer.SocketTo(Wire.Gateway, 5001), name));

    // The device is done with all it has.
    private static void Finish(PlacementBench bench, string reports)
    {
        foreach (char report in reports)
        {
            bench.Nic.Outcomes.Enqueue(report switch
            {
                'X' => TransmitOutcome.ExcessiveCollisions,
                'L' => TransmitOutcome.LateCollision,
                'A' => TransmitOutcome.Aborted,
                _ => TransmitOutcome.Sent,
            });
        }
        bench.Nic.IsStuck = false;
        bench.Kernel.Interrupt(HostedKernel.NicLine);
    }
}
