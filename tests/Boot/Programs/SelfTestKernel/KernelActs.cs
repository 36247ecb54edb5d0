// What the kernel's own page tables and panic report are for: mistakes of ring 0. Next: ../../KernelFaultTests.cs
using System;
using System.Runtime.CompilerServices;
using System.Threading;
using RingOS.Abi;
using RingOS.Kernel;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Test.SelfTestKernel;

/// <summary>Each is a bug that a kernel could have.</summary>
internal static unsafe class KernelActs
{
    private const ulong UserPage = 0x10_0000_0000;
    private const byte Return = 0xC3;

    /// <summary>Performs the act; false if there is none of that name. Returning at all means that nothing stopped it.</summary>
    public static bool Perform(Nucleus nucleus, ReadOnlySpan<byte> name)
    {
        ulong text = (ulong)(delegate*<int>)&Innermost;
        if (name.SequenceEqual("null"u8))
            Outermost();
        else if (name.SequenceEqual("fail"u8))
            KernelPanic.Fail("a self-test asked for it");
        else if (name.SequenceEqual("write-text"u8))
            Write(text);
        else if (name.SequenceEqual("write-text-alias"u8))
            Write(AliasOf(nucleus, text));
        else if (name.SequenceEqual("write-constants"u8))
            Write(ConstantAddress());
        else if (name.SequenceEqual("write-constants-alias"u8))
            Write(AliasOf(nucleus, ConstantAddress()));
        else if (name.SequenceEqual("run-data"u8))
            RunCopy(nucleus.Memory.AllocateBytes(Page.Size));
        else if (name.SequenceEqual("run-stack"u8))
            RunOnStack();
        else if (name.SequenceEqual("run-text-alias"u8))
            Run(AliasOf(nucleus, text));
        else if (name.SequenceEqual("run-user"u8))
            RunCopy(EnterSpaceWithUserPage(nucleus));
        else if (name.SequenceEqual("read-user"u8))
            Read(EnterSpaceWithUserPage(nucleus));
        else if (name.SequenceEqual("stack-overflow"u8))
            return OverflowStack(nucleus);
        else if (name.SequenceEqual("divide"u8))
            Divide(nucleus.Threads.Count, 0);
        else
            return false;
        return true;
    }

    // A chain of calls that the backtrace must show.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Outermost() => Middle() + 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Middle() => Innermost() + 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Innermost() => Nobody()!.Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadPool? Nobody() => null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Divide(int dividend, int divisor) => dividend / divisor;

    private static ulong ConstantAddress()
    {
        fixed (byte* constant = "a constant of the kernel"u8) // SAFETY: constants do not move.
            return (ulong)constant;
    }

    // Where the direct map shows a part of the image.
    private static ulong AliasOf(Nucleus nucleus, ulong address)
        => nucleus.Memory.Physical.VirtualOf(new PhysicalAddress(address - BootProtocol.KernelBase)).Value;

    // SAFETY of all below: none; being stopped is the test.
    private static void Write(ulong address) => Volatile.Write(ref *(byte*)address, Return);

    private static void Read(ulong address) => _ = Volatile.Read(ref *(byte*)address);

    private static void Run(ulong address) => ((delegate*<void>)address)();

    private static void RunCopy(ulong page)
    {
        if (page != UserPage)
            Write(page);
        Run(page);
    }

    private static void RunOnStack()
    {
        ulong* code = stackalloc ulong[2];
        code[0] = code[1] = Return;
        Run(((ulong)code + 15) & ~15ul); // aligned: in a function pointer, bit 1 is the compiler's own
    }

    // A process's memory, as the kernel has it before it while it serves a syscall.
    private static ulong EnterSpaceWithUserPage(Nucleus nucleus)
    {
        if (AddressSpace.Create(nucleus.Memory.Physical, nucleus.Memory.Frames, nucleus.Memory.Pages, out AddressSpace? space) != Status.Ok
            || space!.Allocate(new VirtualAddress(UserPage), Page.Size, PageFlags.UserCode) != Status.Ok
            || space.WriteBytes(new VirtualAddress(UserPage), [Return]) != Status.Ok)
            KernelPanic.Fail("no memory for the self-test");
        Cpu.LoadPageTableRoot(space!.Root.Value);
        return UserPage;
    }

    // On the stack of a kernel thread: those have a guard page.
    private static bool OverflowStack(Nucleus nucleus)
    {
        if (nucleus.Processes.StartKernelThread(new Recursion(nucleus.Log)) != Status.Ok)
            KernelPanic.Fail("no thread for the self-test");
        nucleus.Scheduler.BlockIn(new ThreadQueue(), Thread.Never);
        return true;
    }

    private sealed class Recursion(Log log) : IKernelWork
    {
        public void Run()
        {
            ulong local;
            log.Information("recursion begins at {Stack}").WithHexadecimal("Stack", (ulong)&local).End();
            Deeper(1);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static ulong Deeper(ulong depth) => depth == 0 ? 0 : Deeper(depth + 1) + depth;
    }
}
