// A driver thread's end of its endpoint: interrupts are off while it is in the kernel proper, on while it is in its driver.
// Back to: SoftwareDomain.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hosts.Software;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement.Software;

/// <summary>Messages by way of the thread's registers, as if it had made a system call.</summary>
internal sealed class SoftwareChannel(Scheduler scheduler, Thread self, Endpoint endpoint, SharedWord pending) : IRequestChannel
{
    public ulong Pending => pending.Read();

    /// <summary>The edge of the kernel: from here on the thread is in its driver. One that is doomed ends here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (self.IsDoomed)
            End();
        self.IsInDriver = true;
        Cpu.EnableInterrupts();
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // keeps the way of all others short
    private void End() => scheduler.EndCurrent();

    public void Leave()
    {
        Cpu.DisableInterrupts();
        self.IsInDriver = false;
    }

    public Status Receive(NicRequest request)
    {
        Leave();
        Status status = endpoint.Receive(self);
        Take(request);
        Enter();
        return status;
    }

    public Status ReplyReceive(NicRequest request)
    {
        Leave();
        ref Registers registers = ref self.Registers;
        registers.Rsi = request.Word0;
        registers.Rdx = request.Word1;
        registers.R10 = request.Word2;
        registers.R8 = request.Word3;
        if (request.Served != 0)
            endpoint.Bound!.TakeServed(request.Served);
        request.Served = 0;
        Status status = endpoint.ReplyReceive(self);
        Take(request);
        Enter();
        return status;
    }

    private void Take(NicRequest request)
    {
        ref Registers registers = ref self.Registers;
        request.IsNotification = registers.Rdi == Message.NotificationBadge;
        request.Word0 = registers.Rsi;
        request.Word1 = registers.Rdx;
        request.Word2 = registers.R10;
        request.Word3 = registers.R8;
    }
}
