// Interrupt messages as QEMU's test protocol has them. Subject: tools/RingOS.RemoteDevices/InterruptLink.cs. Next: SimulatedClockDeviceTests.cs
using System;
using System.Text;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

public sealed class InterruptLinkTests
{
    [Fact]
    public void AMessageIsAWriteAndAnswersAreDropped()
    {
        (NativeSocket ours, NativeSocket theirs) = NativeSocket.CreatePair();
        using (theirs)
        using (InterruptLink link = new(ours))
        {
            for (int count = 0; count < 20_000; count++) // more than the answers' buffers hold
            {
                Assert.True(link.Send(0xFEE0_0000, 0x41));
                Assert.Equal("writel 0xfee00000 0x41\n", Line(theirs));
                Assert.True(theirs.Send("OK an answer that nobody reads would fill the socket\n"u8));
            }
        }
    }

    [Fact]
    public void WhoIsGoneIsNotInterruptedAndNothingIsLeft()
    {
        (NativeSocket ours, NativeSocket theirs) = NativeSocket.CreatePair();
        string end = ScriptedQemu.InodeOf(ours.Descriptor);
        using InterruptLink link = new(ours);
        theirs.Dispose();
        Assert.False(link.Send(0xFEE0_0000, 0x41));
        link.Dispose();
        link.Dispose();
        Assert.False(link.Send(0xFEE0_0000, 0x41));
        Assert.DoesNotContain(end, ScriptedQemu.OpenFiles());
    }

    private static string Line(NativeSocket socket)
    {
        StringBuilder line = new();
        byte[] buffer = new byte[64];
        while (line.Length == 0 || line[^1] != '\n')
        {
            int count = socket.Receive(buffer, []);
            Assert.True(count > 0);
            line.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        return line.ToString();
    }
}
