// Interrupt messages for a guest, written into its local APIC through QEMU's test protocol. QEMU, docs/devel/qtest.rst. Back to: ProxyLink.cs
using System;
using System.Globalization;
using System.Text;
using System.Threading;

namespace RingOS.RemoteDevices;

/// <summary>A message-signalled interrupt is a write to memory, and this is who writes.</summary>
public sealed class InterruptLink : IDisposable
{
    private readonly NativeSocket _socket;
    private readonly Thread _thread;

    /// <param name="socket">The other end is QEMU's: <c>-chardev socket,id=qtest,fd=N -qtest chardev:qtest</c>.</param>
    public InterruptLink(NativeSocket socket)
    {
        _socket = socket;
        _thread = new Thread(DropAnswers) { IsBackground = true, Name = "interrupt answers" };
        _thread.Start();
    }

    /// <summary>Interrupts the guest. False if it is gone. Does not wait until the guest has noticed.</summary>
    public bool Send(ulong address, uint data)
        => !_socket.IsClosed && _socket.Send(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"writel 0x{address:x} 0x{data:x}\n")));

    public void Dispose()
    {
        _socket.Shutdown();
        _thread.Join();
        _socket.Dispose();
    }

    private void DropAnswers()
    {
        byte[] buffer = new byte[4096];
        while (_socket.Receive(buffer, []) > 0)
        {
        }
    }
}
