// Sockets whose stack is a process: what goes to it by message, and what happens when it lies or dies. Subjects:
// kernel/placement/microkernel/RemoteSockets.cs, MicrokernelPlacement.cs, ServiceArguments.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed unsafe class MicrokernelPlacementTests : IDisposable
{
    private const ulong LongestCall = Watchdog.KernelPatience * 1_000_000_000;

    private readonly HostedKernel _kernel = new("placement=microkernel address=10.0.2.15 gateway=10.0.2.2");
    private readonly List<string> _asked = [];
    private UserProgram _net = null!;
    private Action _answer = () => { };

    public MicrokernelPlacementTests()
    {
        _kernel.Programs["nic"] = new FakeNicService(_kernel).Run;
        _kernel.Programs["net"] = Serve;
        Assert.True(new Placer().Place(_kernel.Nucleus), _kernel.Log);
        _asked.Clear();
    }

    private List<string> Trace => _kernel.Machine.Trace;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void TheServiceIsToldItsAddressesAndSeesThePackets()
    {
        StartupBlock* startup = (StartupBlock*)_kernel.VisibleAt(_net.PhysicalOf(ProcessLayout.StartupPage));
        string arguments = Encoding.ASCII.GetString((byte*)startup + StartupBlock.ArgumentsOffset, (int)startup->ArgumentBytes);
        Assert.Equal("net|10.0.2.15|255.255.255.0|10.0.2.2|offload|0|1|", arguments.Replace('\0', '|'));
        Assert.Equal((7ul, (ulong)NicHardware.PacketCount), (startup->ArgumentCount, startup->PacketCount));
        Assert.NotEqual(0ul, startup->PacketsAddress);
    }

    [Fact]
    public void AWriteIsOneMessageAndThePayloadLiesInThePacket()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            Assert.Equal(5, program.Write(socket, "hello"u8));
            ulong messages = _kernel.Machine.Counters.Messages;
            Assert.Equal(5, program.Write(socket, "again"u8));
            Assert.Equal(2ul, _kernel.Machine.Counters.Messages - messages);
        });
        Assert.Equal(
            ["Open 0: 1 0 0", "Connect 4: 13890a000202 0 0", "Send 4: 9 5 0 hello", "Send 4: 10 5 0 again", "Close 4: b 0 0"], _asked);
    }

    [Fact]
    public void AReadWaitsForTheSignalOfTheService()
    {
        bool hasData = false;
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _answer = () => Receive(hasData);
            Trace.Add(program.Read(socket, 100));
        });
        int asked = _asked.Count;
        _kernel.Machine.RunFor(100 * LongestCall); // nobody looks while nothing is signalled
        Assert.Equal(asked, _asked.Count);
        Assert.Empty(Trace);
        hasData = true;
        _net.Process.Handles.Find(WellKnownHandle.SocketNotification, HandleRights.Signal)!.Signal(1);
        _kernel.Machine.RunFor(1_000_000);
        Assert.Equal(["datagram"], Trace);
        Assert.Equal(["Receive 4: 0 0 0", "Release 0: 7 0 0", "Close 4: 9 0 0"], _asked.Skip(asked));
    }

    [Fact]
    public void AServiceThatDiesGivesTheWriterAnError()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _answer = () => _net.Interrupt(13);
            for (int i = 0; i < 3; i++)
                Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
            Assert.Equal(-(long)Status.IoError, program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
            Assert.Equal(0, program.Syscall(SyscallNumber.Close, (ulong)socket));
            Trace.Add("done");
        });
        Assert.Equal(["done"], Trace);
    }

    [Fact]
    public void AServiceThatDiesEndsTheReadThatWaitsForIt()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _answer = () => Receive(hasData: false);
            Trace.Add(program.Read(socket, 100));
        });
        Assert.Empty(Trace);
        _answer = () => _net.Interrupt(13);
        Start(program => program.Syscall(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
        Assert.Equal(["IoError"], Trace);
    }

    [Fact]
    public void AStackWhoseDriverIsGoneKeepsItsPackets()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _answer = () => (_net.Registers.Rsi, _net.Registers.Rdx) = ((ulong)Status.PeerGone, 9);
            for (int i = 0; i < 3; i++)
                Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
        });
        Assert.DoesNotContain(_asked, request => request.StartsWith("Acquire", StringComparison.Ordinal));
    }

    [Fact]
    public void AServiceThatFallsSilentGivesTheWriterAnErrorInTime()
    {
        Start(
            program =>
            {
                long socket = program.SocketTo(Wire.Gateway, 5001);
                _answer = () => _net.Syscall(SyscallNumber.Sleep, 1ul << 55);
                ulong start = _kernel.Machine.Now;
                Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
                Assert.InRange(_kernel.Machine.Now - start, 1ul, LongestCall);
                Trace.Add("done");
            },
            forAtMost: 2 * LongestCall);
        Assert.Equal(["done"], Trace);
        Assert.Contains("missed its deadline", _kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void AServiceThatNamesPacketsThatDoNotExistIsNotBelieved()
    {
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            _answer = () => (_net.Registers.Rdx, _net.Registers.R10) = (NicHardware.PacketCount, 64 | (100 << 16));
            Assert.Equal(1, program.Write(socket, "x"u8));
            Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
            Assert.Equal("IoError", program.Read(socket, 10));
            _answer = () => (_net.Registers.Rdx, _net.Registers.R10) = (3, 2_000 | (100 << 16));
            Assert.Equal("IoError", program.Read(socket, 10));
            Trace.Add("done");
        });
        Assert.Equal(["done"], Trace);
    }

    private void Start(Action<UserProgram> body, ulong forAtMost = 100_000_000)
    {
        _kernel.Start("program", body);
        _kernel.Machine.RunFor(forAtMost);
    }

    // As the answer to Receive: a datagram in packet 7, or nothing yet.
    private void Receive(bool hasData)
    {
        if (!hasData)
        {
            _net.Registers.Rsi = (ulong)Status.WouldBlock;
            return;
        }
        byte* packets = (byte*)_kernel.VisibleAt(_net.PhysicalOf(ProcessLayout.Packets));
        "datagram"u8.CopyTo(new Span<byte>(packets + (7 * PacketLayout.BufferSize) + PacketLayout.UdpPayloadOffset, 8));
        (_net.Registers.Rdx, _net.Registers.R10) = (7, PacketLayout.UdpPayloadOffset | (8 << 16));
    }

    // The network service: what it is asked goes into a list; the answer is Ok, socket 4, packets from 9 on.
    private void Serve(UserProgram self)
    {
        _net = self;
        ulong packet = 9;
        long status = self.Syscall(SyscallNumber.Receive, WellKnownHandle.OwnEndpoint);
        while (status == 0)
        {
            Note(self);
            NetOperation operation = NetProtocol.OperationOf(self.Registers.Rsi);
            self.Registers.Rsi = (ulong)Status.Ok;
            if (operation == NetOperation.Open)
                (self.Registers.Rdx, self.Registers.R10) = (4, packet);
            else if (operation == NetOperation.Send)
                self.Registers.Rdx = ++packet;
            _answer();
            ref Registers words = ref self.Registers;
            status = self.Syscall(SyscallNumber.ReplyReceive, WellKnownHandle.OwnEndpoint, words.Rsi, words.Rdx, words.R10, words.R8);
        }
    }

    private void Note(UserProgram self)
    {
        NetOperation operation = NetProtocol.OperationOf(self.Registers.Rsi);
        string words = $"{self.Registers.Rdx:x} {self.Registers.R10:x} {self.Registers.R8:x}";
        if (operation == NetOperation.Send)
            words = $"{self.Registers.Rdx} {self.Registers.R10} {self.Registers.R8:x} {Payload(self)}";
        _asked.Add($"{operation} {NetProtocol.SocketOf(self.Registers.Rsi)}: {words}");
    }

    private string Payload(UserProgram self)
    {
        ulong packets = _kernel.VisibleAt(self.PhysicalOf(ProcessLayout.Packets));
        byte* payload = (byte*)packets + (self.Registers.Rdx * PacketLayout.BufferSize) + PacketLayout.UdpPayloadOffset;
        return Encoding.ASCII.GetString(payload, (int)self.Registers.R10);
    }
}
