// From write() to a driver in the same domain: no thread, no message. Subjects: kernel/placement/LocalSockets.cs,
// drivers/hosts/Direct/DirectHost.cs
using System;
using System.Collections.Generic;
using System.Text;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Direct;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Sockets;
using RingOS.Net;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed unsafe class LocalSocketsTests : IDisposable
{
    private const int PacketCount = 64;

    private readonly HostedKernel _kernel = new();
    private readonly UserBuffer _memory = new(PacketCount * PacketLayout.BufferSize);
    private readonly DirectHost _host = new(batch: 1);
    private readonly FakeDriver _driver;

    public LocalSocketsTests()
    {
        PacketPool packets = new((nint)_memory.Address, PacketCount);
        LocalSockets local = new(packets, _kernel.Nucleus.Scheduler);
        NetworkConfiguration configuration = new(Wire.OwnAddress, Wire.Mask, Wire.Gateway);
        local.Stack = new NetworkStack(packets, _host, local, new KernelClock(_kernel.Nucleus.Scheduler), configuration);
        _driver = new FakeDriver(packets, local.Stack);
        _host.Driver = _driver;
        Assert.Equal(Status.Ok, local.Stack.Start());
        _kernel.Nucleus.Sockets = new SocketPool(local, _kernel.Nucleus.UserMemory, _kernel.Nucleus.Scheduler);
    }

    private List<string> Trace => _kernel.Machine.Trace;

    public void Dispose()
    {
        _kernel.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void ConnectWaitsForTheAnswerAndWriteGoesToTheDriver()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            ulong switches = _kernel.Machine.Counters.ThreadSwitches;
            Assert.Equal(5, program.Write(socket, "hello"u8));
            Assert.Equal(switches, _kernel.Machine.Counters.ThreadSwitches);
            Trace.Add("written");
        });
        Assert.Single(_driver.Sent); // the question who has the gateway's address
        AnswerArp();
        Assert.Equal(["written"], Trace);
        UdpFrame frame = Wire.ParseUdp(_driver.Sent[^1]);
        Assert.Equal(("hello", Wire.GatewayMac), (Encoding.ASCII.GetString(frame.Payload), frame.DestinationMac));
        Assert.Equal(0ul, _kernel.Machine.Counters.Messages);
    }

    [Fact]
    public void AnUnansweredConnectFails()
    {
        Start(program =>
        {
            using UserBuffer peer = UserBuffer.Of(new SocketAddress { Address = Wire.Gateway, Port = 5001 });
            ulong socket = (ulong)program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram);
            Trace.Add($"{program.Fail(SyscallNumber.Connect, socket, peer.Address)}");
        });
        _kernel.Machine.RunFor(6_000_000_000);
        Assert.Equal(["HostUnreachable"], Trace);
    }

    [Fact]
    public void AFullDriverIsNoBufferSpaceAndThePacketIsUsedAgain()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _driver.Answer = Status.NoBufferSpace;
            for (int i = 0; i < 2 * PacketCount; i++)
                Assert.Equal(-(long)Status.NoBufferSpace, program.Write(socket, "lost"u8));
            _driver.Answer = Status.Ok;
            Assert.Equal(4, program.Write(socket, "kept"u8));
            Trace.Add("done");
        });
        AnswerArp();
        Assert.Equal(["done"], Trace);
        Assert.Equal("kept", Encoding.ASCII.GetString(Wire.ParseUdp(_driver.Sent[^1]).Payload));
    }

    [Fact]
    public void ADriverThatCompletesNothingRunsTheWriterOutOfPacketsUntilItDoes()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            int written = 0;
            while (program.Write(socket, "x"u8) == 1)
                written++;
            Assert.InRange(written, PacketCount / 2, PacketCount);
            Assert.Equal(-(long)Status.NoBufferSpace, program.Write(socket, "x"u8));
            _host.OnInterrupt();
            Assert.Equal(1, program.Write(socket, "x"u8));
            Trace.Add("done");
        });
        AnswerArp();
        Assert.Equal(["done"], Trace);
    }

    [Fact]
    public void EveryWaiterLooksAgainAndOnlyTheRightOneGoesOn()
    {
        for (ushort port = 1001; port <= 1003; port++)
        {
            ushort own = port;
            _kernel.Start($"reader{own}", program =>
            {
                ulong socket = (ulong)program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram);
                using UserBuffer address = UserBuffer.Of(new SocketAddress { Address = 0, Port = own });
                Assert.Equal(0, program.Syscall(SyscallNumber.Bind, socket, address.Address));
                Trace.Add($"{own} {program.Read((long)socket, 100)}");
            });
        }
        _kernel.Machine.Run();
        foreach (ushort port in new ushort[] { 1002, 1003, 1001 })
        {
            _driver.Deliver(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, port, Encoding.ASCII.GetBytes($"for {port}")));
            _kernel.Machine.Run();
        }
        Assert.Equal(["1002 for 1002", "1003 for 1003", "1001 for 1001"], Trace);
    }

    [Fact]
    public void SocketsOfAnEndedProgramAreFreeAgain()
    {
        for (int round = 0; round < 20; round++)
        {
            Start(program =>
            {
                for (int i = 0; i < 20; i++)
                    Assert.Equal(i, program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
                Trace.Add("done");
            });
        }
        Assert.Equal(20, Trace.Count);
    }

    private void Start(Action<UserProgram> body)
    {
        _kernel.Start("program", body);
        _kernel.Machine.RunFor(1_000_000);
    }

    private void AnswerArp()
    {
        _driver.Deliver(Wire.Arp(2, Wire.GatewayMac, Wire.Gateway, Wire.OwnMac, Wire.OwnAddress));
        _kernel.Machine.RunFor(1_000_000);
    }

    /// <summary>Completes what it has sent when its interrupt is handled.</summary>
    private sealed class FakeDriver(PacketPool packets, INicEvents events) : INicDriver
    {
        private readonly Queue<PacketIndex> _lent = new();
        private readonly Queue<PacketIndex> _inFlight = new();

        public List<byte[]> Sent { get; } = [];

        public Status Answer { get; set; }

        public ulong MacAddress => Wire.OwnMac;

        public NicCapabilities Capabilities => NicCapabilities.None;

        public Status Start() => Status.Ok;

        public void Stop()
        {
        }

        public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
        {
            if (Answer != Status.Ok)
                return Answer;
            Sent.Add(packets.Buffer(packet).Slice(PacketLayout.FrameOffset, length).ToArray());
            _inFlight.Enqueue(packet);
            return Status.Ok;
        }

        public void FlushTransmit()
        {
        }

        public Status ProvideReceive(PacketIndex packet)
        {
            _lent.Enqueue(packet);
            return Status.Ok;
        }

        public void OnInterrupt()
        {
            while (_inFlight.TryDequeue(out PacketIndex packet))
                events.OnTransmitted(packet, TransmitOutcome.Sent);
        }

        public ulong ReadCounter(NicCounter counter) => 0;

        public void Deliver(byte[] frame)
        {
            PacketIndex packet = _lent.Dequeue();
            frame.CopyTo(packets.Buffer(packet).Slice(PacketLayout.FrameOffset));
            events.OnReceived(packet, (ushort)frame.Length);
        }
    }
}
