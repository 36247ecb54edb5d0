// write() through the kernel's network stack to a driver in a process, and what a program sees when that dies or falls silent.
// Subjects: kernel/placement/ring3, kernel/placement/LocalSockets.cs, Placer.cs, NicHardware.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Threads;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class Ring3PlacementTests : IDisposable
{
    private const uint BusMaster = 1 << 2;
    private const uint InterruptDisable = 1 << 10;
    private const ulong LongestCall = Watchdog.KernelPatience * 1_000_000_000;

    private readonly HostedKernel _kernel = new("placement=ring3 nic=e1000e");
    private readonly FakeNicService _nic;

    public Ring3PlacementTests()
    {
        _nic = new FakeNicService(_kernel);
        _kernel.Programs["nic"] = _nic.Run;
    }

    private List<string> Trace => _kernel.Machine.Trace;

    private bool IsQuiet => (_kernel.NicCommand & (BusMaster | InterruptDisable)) == InterruptDisable;

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void AWriteBecomesAFrameAtTheDriver()
    {
        Place();
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            for (int i = 0; i < 3; i++)
                Assert.Equal(6, program.Write(socket, Encoding.ASCII.GetBytes($"hello{i}")));
        });
        Assert.Equal(["hello0", "hello1", "hello2"], _nic.Sent.Select(frame => Encoding.ASCII.GetString(Wire.ParseUdp(frame).Payload)));
        UdpFrame last = Wire.ParseUdp(_nic.Sent[2]);
        Assert.Equal((Wire.GatewayMac, Wire.Gateway, 5001), (last.DestinationMac, last.Destination, last.DestinationPort));
    }

    [Fact]
    public void AWriteIsOneMessageEachWay()
    {
        Place();
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            program.Write(socket, "first"u8);
            (ulong messages, int switches) = (_kernel.Machine.Counters.Messages, _kernel.Machine.Processor.Switches.Count);
            program.Write(socket, "second"u8);
            Assert.Equal(2ul, _kernel.Machine.Counters.Messages - messages);
            Assert.Equal(2, _kernel.Machine.Processor.Switches.Count - switches);
        });
    }

    [Fact]
    public void MoreDatagramsThanPacketsGoThrough()
    {
        Place();
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
                Assert.Equal(1, program.Write(socket, "x"u8));
        });
        Assert.Equal(2 * NicHardware.PacketCount, _nic.Sent.Count);
    }

    [Fact]
    public void ADatagramThatArrivesByInterruptEndsTheRead()
    {
        Place();
        ushort port = 0;
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            using UserBuffer address = new(SocketAddress.Size);
            Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.GetLocalAddress, address.Address));
            port = NetProtocol.PortOf(address.Words[0]);
            using UserBuffer from = new(SocketAddress.Size);
            using UserBuffer data = new(100);
            Assert.Equal(6, program.Syscall(SyscallNumber.ReceiveFrom, (ulong)socket, data.Address, 100, from.Address));
            Trace.Add(Encoding.ASCII.GetString(data.Bytes[..6]));
            Assert.Equal(NetProtocol.Endpoint(Wire.Gateway, 5001), from.Words[0]);
        });
        Assert.Empty(Trace);
        _nic.Arriving.Enqueue(Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, port, "answer"u8.ToArray()));
        _kernel.Interrupt(HostedKernel.NicLine);
        _kernel.Machine.Run();
        Assert.Equal(["answer"], Trace);
        Assert.Equal(1, _nic.Interrupts);
    }

    [Fact]
    public void TheLineIsOpenWhenTheServiceHasServedIt()
    {
        Place();
        Assert.Equal((0xA1, 0xF7u), ((int)_kernel.Cpu.Writes[^1].Port, _kernel.Cpu.Writes[^1].Value));
        for (int i = 1; i <= 3; i++)
        {
            _kernel.Interrupt(HostedKernel.NicLine);
            Assert.Equal(0xFFu, _kernel.Cpu.Writes.Last(write => write.Port == 0xA1).Value);
            _kernel.Machine.Run();
            Assert.Equal(0xF7u, _kernel.Cpu.Writes.Last(write => write.Port == 0xA1).Value);
            Assert.Equal(i, _nic.Interrupts);
        }
    }

    [Fact]
    public void CountersComeFromTheDriver()
    {
        Place();
        Start(program =>
        {
            using UserBuffer counters = new((int)NicCounter.Count * sizeof(ulong));
            long device = program.Open("/dev/nic");
            Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)device, (ulong)IoctlRequest.GetNicCounters, counters.Address));
            Assert.Equal(4_000ul + (ulong)NicCounter.FramesReceived, counters.Words[(int)NicCounter.FramesReceived]);
        });
    }

    [Fact]
    public void ADriverThatDiesGivesTheWriterAnErrorAndLosesItsDevice()
    {
        Place();
        bool isDying = false;
        _nic.WhenAsked = (self, operation) =>
        {
            if (isDying && operation == NicOperation.Transmit)
                self.Interrupt(14);
        };
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            Assert.Equal(1, program.Write(socket, "x"u8));
            Assert.False(IsQuiet);
            isDying = true;
            for (int i = 0; i < 3; i++)
                Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
            Assert.True(IsQuiet);
            Assert.Equal(5, program.Write(program.Open("/dev/console"), "alive"u8));
        });
        Assert.Equal(0xFFu, _kernel.Cpu.Writes.Last(write => write.Port == 0xA1).Value); // masked
        Assert.Contains("the NIC has lost its driver", _kernel.Log, StringComparison.Ordinal);
        Assert.EndsWith("alive", _kernel.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void ADriverThatFallsSilentGivesTheWriterAnErrorInTime()
    {
        Place();
        bool isSilent = false;
        _nic.WhenAsked = (self, _) =>
        {
            if (isSilent)
                self.Syscall(SyscallNumber.Sleep, 1ul << 50);
        };
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            isSilent = true;
            ulong start = _kernel.Machine.Now;
            Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
            Assert.InRange(_kernel.Machine.Now - start, 1ul, LongestCall);
            start = _kernel.Machine.Now;
            Assert.Equal(-(long)Status.IoError, program.Write(socket, "x"u8));
            Assert.Equal(start, _kernel.Machine.Now);
            Trace.Add("done");
        }, forAtMost: 2 * LongestCall);
        Assert.Equal(["done"], Trace);
        Assert.True(IsQuiet);
        Assert.Single(_kernel.Log.Split('\n'), line => line.Contains("missed its deadline", StringComparison.Ordinal));
    }

    [Fact]
    public void ADriverThatLiesInItsEventRingIsNotBelieved()
    {
        Place();
        _nic.WhenAsked = (_, operation) =>
        {
            if (operation != NicOperation.Transmit)
                return;
            _nic.Announce(EventRing.Pack(NicEventKind.Received, 0xFFFF, 1514, 0)); // no such packet
            _nic.Announce(EventRing.Pack(NicEventKind.Received, 200, 0xFFFF, 0)); // never lent, and too long
            _nic.Announce(EventRing.Pack(NicEventKind.Transmitted, 201, 0, 0)); // never sent
        };
        Start(program =>
        {
            long socket = program.SocketTo(Wire.Gateway, 5001);
            for (int i = 0; i < 2 * NicHardware.PacketCount; i++)
                Assert.Equal(1, program.Write(socket, "x"u8));
            Trace.Add("done");
        });
        Assert.Equal(["done"], Trace);
    }

    [Fact]
    public void TheGrantShowsADriverItsDescriptorsAndNoPackets()
    {
        Place();
        ThreadPool threads = _kernel.Machine.Threads;
        Process service = Enumerable.Range(0, threads.Count).Select(slot => threads[slot].Process).First(process => process is not null)!;
        Assert.Equal(0xFEBC_0000ul, PhysicalOf(service, ProcessLayout.Registers));
        Assert.NotNull(PhysicalOf(service, ProcessLayout.Dma));
        Assert.NotNull(PhysicalOf(service, ProcessLayout.EventRing));
        Assert.Null(PhysicalOf(service, ProcessLayout.Packets));
    }

    private static ulong? PhysicalOf(Process process, ulong offset)
    {
        VirtualAddress address = new VirtualAddress(process.ImageBase).Plus(offset);
        return process.Space.Translate(address, out PhysicalAddress physical, out _) == Status.Ok ? physical.Value : null;
    }

    private void Place() => Assert.True(new Placer().Place(_kernel.Nucleus), _kernel.Log);

    private void Start(Action<UserProgram> body, ulong forAtMost = 100_000_000)
    {
        _kernel.Start("program", body);
        _kernel.Machine.RunFor(forAtMost);
    }
}
