// A device that sends a message for each news, whatever its driver is doing: none is lost in any placement. Decision 2.
// Subjects: kernel/ipc/Notification.cs, drivers/hosts/Service/ServiceHost.cs, drivers/hosts/Software/SoftwareHost.cs
using System;
using System.Linq;
using System.Text;
using RingOS.Abi;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class MessageInterruptTests
{
    private const ulong Patience = 10 * PlacementBench.Millisecond;

    // In the kernel's own domain interrupts are off while the driver looks: the message waits in the local APIC.
    public static TheoryData<string> Placements => [.. CompletionModeTests.PlacementNames.Where(static name => name != "monolithic")];

    [Theory]
    [MemberData(nameof(Placements))]
    public void AMessageBetweenTheLookAndTheReplyIsServed(string placement)
    {
        using PlacementBench bench = NewBench(placement);
        bench.Run((program, socket) =>
        {
            ArriveAfterNextLook(bench, program, socket, "late");
            Assert.Equal(Status.Ok, PlacementBench.Write(program, socket));
            Assert.Equal("late", Receive(program, socket));
        });
        bench.AssertConserved();
    }

    // The same while the driver deals with an interrupt that nobody waits for.
    [Theory]
    [MemberData(nameof(Placements))]
    public void AMessageWhileAnotherIsBeingServedIsServed(string placement)
    {
        using PlacementBench bench = NewBench(placement);
        bench.Run((program, socket) =>
        {
            bench.Nic.Arriving.Enqueue(DatagramFor(program, socket, "first"));
            ArriveAfterNextLook(bench, program, socket, "second");
            bench.Kernel.InterruptByNic();
            Assert.Equal("first", Receive(program, socket));
            Assert.Equal("second", Receive(program, socket));
        });
        bench.AssertConserved();
    }

    private static PlacementBench NewBench(string placement)
    {
        PlacementBench bench = new(placement);
        bench.Kernel.LetNicSendMessages();
        return bench.Place();
    }

    private static void ArriveAfterNextLook(PlacementBench bench, UserProgram program, long socket, string text)
    {
        byte[] frame = DatagramFor(program, socket, text);
        bench.Nic.WhenLooked = () =>
        {
            bench.Nic.WhenLooked = () => { };
            bench.Nic.Arriving.Enqueue(frame);
            bench.Nic.Raise();
        };
    }

    private static byte[] DatagramFor(UserProgram program, long socket, string text)
    {
        using UserBuffer address = new(SocketAddress.Size);
        Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.GetLocalAddress, address.Address));
        return Wire.Udp(Wire.Gateway, 5001, Wire.OwnAddress, NetProtocol.PortOf(address.Words[0]), Encoding.ASCII.GetBytes(text));
    }

    private static string Receive(UserProgram program, long socket)
    {
        program.Syscall(SyscallNumber.Ioctl, (ulong)socket, (ulong)IoctlRequest.SetReceiveTimeout, Patience);
        using UserBuffer data = new(100);
        long length = program.Syscall(SyscallNumber.ReceiveFrom, (ulong)socket, data.Address, 100);
        return length < 0 ? $"{(Status)(-length)}" : Encoding.ASCII.GetString(data.Bytes[..(int)length]);
    }
}
