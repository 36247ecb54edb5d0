// A program in ring 3, as a C# method sees it: syscalls by number, interrupts that come in between. Back to: HostedKernel.cs
using System;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Loader;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

internal sealed unsafe class UserProgram(HostedKernel kernel, Thread thread)
{
    public Thread Thread { get; } = thread;

    public Process Process => Thread.Process!;

    public ref Registers Registers => ref Thread.Registers;

    /// <summary>The way through entry.asm: the table, then a look at who should run.</summary>
    public long Syscall(SyscallNumber number, ulong rdi = 0, ulong rsi = 0, ulong rdx = 0, ulong r10 = 0, ulong r8 = 0, ulong r9 = 0)
    {
        delegate*<ref Registers, long>* table = stackalloc delegate*<ref Registers, long>[SyscallTable.Slots];
        SyscallTable.Fill(table);
        ref Registers registers = ref Thread.Registers;
        registers.Rdi = rdi;
        registers.Rsi = rsi;
        registers.Rdx = rdx;
        registers.R10 = r10;
        registers.R8 = r8;
        registers.R9 = r9;
        int slot = (ulong)number < SyscallTable.Slots ? (int)number : SyscallTable.Slots - 1;
        long result = table[slot](ref registers);
        if (kernel.Nucleus.Scheduler.ShouldReschedule)
            KernelEntry.OnPreempt();
        return result;
    }

    public Status Fail(SyscallNumber number, ulong rdi = 0, ulong rsi = 0, ulong rdx = 0, ulong r10 = 0)
        => (Status)(-Syscall(number, rdi, rsi, rdx, r10));

    public long Open(string path)
    {
        using UserBuffer buffer = new(path);
        return Syscall(SyscallNumber.Open, buffer.Address, (ulong)buffer.Length);
    }

    public long Write(long handle, ReadOnlySpan<byte> bytes)
    {
        using UserBuffer buffer = new(bytes);
        return Syscall(SyscallNumber.Write, (ulong)handle, buffer.Address, (ulong)buffer.Length);
    }

    public string Read(long handle, int length)
    {
        using UserBuffer buffer = new(length);
        long count = Syscall(SyscallNumber.Read, (ulong)handle, buffer.Address, (ulong)length);
        return count < 0 ? $"{(Status)(-count)}" : Encoding.ASCII.GetString(buffer.Bytes[..(int)count]);
    }

    public long SocketTo(uint address, ushort port, SocketKind kind = SocketKind.Datagram)
    {
        long handle = Syscall(SyscallNumber.Socket, (ulong)kind);
        Assert.InRange(handle, 0, HandleTable.Capacity);
        using UserBuffer peer = UserBuffer.Of(new SocketAddress { Address = address, Port = port });
        Assert.Equal(0, Syscall(SyscallNumber.Connect, (ulong)handle, peer.Address));
        return handle;
    }

    /// <summary>An interrupt or exception while the program runs.</summary>
    public void Interrupt(int vector)
    {
        Thread.Registers.Vector = (ulong)vector;
        KernelEntry.OnInterrupt(ref Thread.Registers);
    }

    public void DeviceInterrupt(int line) => Interrupt(InterruptController.FirstVector + line);

    /// <summary>The word of its start-up page that shows pending signals.</summary>
    public ulong PendingSignals => *(ulong*)kernel.VisibleAt(StartupPage + StartupBlock.PendingSignalsOffset);

    /// <summary>Nanoseconds of simulated time in its start-up page; 0 if its clock is the processor's.</summary>
    public ulong SimulatedNow => *(ulong*)kernel.VisibleAt(StartupPage + StartupBlock.SimulatedNowOffset);

    /// <summary>Where one of its pages lies in memory.</summary>
    public ulong PhysicalOf(ulong offset)
    {
        VirtualAddress address = new VirtualAddress(Process.ImageBase).Plus(offset);
        Assert.Equal(Status.Ok, Process.Space.Translate(address, out PhysicalAddress physical, out _));
        return physical.Value;
    }

    private ulong StartupPage => PhysicalOf(ProcessLayout.StartupPage);
}
