// From the kernel's start-up page to a running C# program. Contract: lib/Abi/StartupBlock.cs. Next: ../MessageRegisters.cs
using System;
using System.Runtime;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>
/// What a program's entry point calls first. The entry point itself must be in the program's own assembly, because the compiler
/// keeps exports of that one only:
/// <code>
/// [RuntimeExport("user_main")]
/// private static int Main(nint startupBlock) => HelloCommand.Run(Startup.Begin(startupBlock));
/// </code>
/// </summary>
public static unsafe class Startup
{
    /// <summary>Exit code of a program that panicked: 128 + SIGABRT, as a shell would show it.</summary>
    public const int PanicExitCode = 134;

    private const int PanicLineLength = 120;

    private static StartupBlock* s_block;

    /// <summary>The start-up block, for services that look for their grant.</summary>
    public static ref readonly StartupBlock Block => ref *s_block; // SAFETY: the kernel maps it read-only for the life of the process.

    /// <summary>Makes heap, static fields, clock and panic handler ready. Nothing may be allocated before.</summary>
    /// <param name="startupBlock">What the kernel left in rdi.</param>
    public static Arguments Begin(nint startupBlock)
    {
        s_block = (StartupBlock*)startupBlock;
        Panic.Handler = &OnPanic;
        RuntimeHeap.Initialize(s_block->HeapStart, s_block->HeapLength);
        RuntimeStartup.InitializeModules();
        Syscall.UseClockOf(s_block);
        Clock.Calibrate(s_block->TicksPerSecond, s_block->BootTicks, s_block->BootWallNanoseconds);
        // SAFETY: the kernel wrote that many bytes behind the block, inside the same page.
        ReadOnlySpan<byte> text = new((byte*)startupBlock + StartupBlock.ArgumentsOffset, (int)s_block->ArgumentBytes);
        return new Arguments(text, (int)s_block->ArgumentCount);
    }

    // Uses neither the heap nor static objects: either may be what failed.
    private static void OnPanic(string why)
    {
        byte* line = stackalloc byte[PanicLineLength];
        int length = 0;
        foreach (byte character in "panic: "u8)
            line[length++] = character;
        for (int i = 0; i < why.Length && length < PanicLineLength - 1; i++)
            line[length++] = (byte)why[i];
        line[length++] = (byte)'\n';
        _ = Syscall.Write(WellKnownHandle.StandardOutput, new ReadOnlySpan<byte>(line, length));
        Syscall.Exit(PanicExitCode);
    }
}
