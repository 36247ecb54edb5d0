// The end of the kernel after a bug of its own: what happened, where, and how it came there. Next: Shutdown.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Diagnostics;

/// <summary>Reports on the serial line and ends the machine with <see cref="GuestExit.Panic"/>.</summary>
public static class KernelPanic
{
    private static SymbolTable? s_symbols;
    private static bool s_isPanicking;

    /// <summary>Gives panics the names of methods; without, they show addresses.</summary>
    public static void UseSymbols(SymbolTable symbols) => s_symbols = symbols;

    /// <summary>Code has thrown an exception: a driver's in its own thread, or the kernel's.</summary>
    public static void OnThrow(string why)
    {
        KernelEntry.OnThrow(why); // does not return if it was a driver's
        Fail(why);
    }

    /// <summary>A broken assumption in the kernel's own code.</summary>
    public static void Fail(string why)
    {
        Begin(why);
        Backtrace(Cpu.FramePointer, Cpu.FramePointer);
        Shutdown.Now(GuestExit.Panic);
    }

    /// <summary>A processor exception in ring 0.</summary>
    public static void OnException(ref Registers registers)
    {
        Begin(ExceptionNames.Of(registers.Vector));
        TextOutput.Write("  vector ");
        TextOutput.WriteDecimal(registers.Vector);
        WriteRegister("  error ", registers.ErrorCode);
        WriteRegister("  touched ", Cpu.FaultAddress);
        TextOutput.Write("  ring ");
        TextOutput.WriteDecimal((ulong)registers.Ring);
        TextOutput.Write("\n");
        WriteFrame("  at ", registers.InstructionPointer);
        WriteRegisters(ref registers);
        Backtrace(registers.StackPointer, registers.Rbp);
        Shutdown.Now(GuestExit.Panic);
    }

    private static void Begin(string why)
    {
        if (s_isPanicking)
            Shutdown.Now(GuestExit.Panic); // the report itself failed
        s_isPanicking = true;
        TextOutput.Write("\nKERNEL PANIC: ");
        TextOutput.WriteLine(why);
    }

    private static void WriteRegister(string name, ulong value)
    {
        TextOutput.Write(name);
        TextOutput.WriteHexadecimal(value);
    }

    private static void WriteRegisters(ref Registers registers)
    {
        WriteRegister("  rax ", registers.Rax);
        WriteRegister("  rbx ", registers.Rbx);
        WriteRegister("  rcx ", registers.Rcx);
        WriteRegister("  rdx ", registers.Rdx);
        WriteRegister("\n  rsi ", registers.Rsi);
        WriteRegister("  rdi ", registers.Rdi);
        WriteRegister("  rbp ", registers.Rbp);
        WriteRegister("  rsp ", registers.StackPointer);
        WriteRegister("\n  r8  ", registers.R8);
        WriteRegister("  r9  ", registers.R9);
        WriteRegister("  r10 ", registers.R10);
        WriteRegister("  r11 ", registers.R11);
        WriteRegister("\n  r12 ", registers.R12);
        WriteRegister("  r13 ", registers.R13);
        WriteRegister("  r14 ", registers.R14);
        WriteRegister("  r15 ", registers.R15);
        TextOutput.Write("\n");
    }

    private static void Backtrace(ulong stackPointer, ulong framePointer)
    {
        FrameWalk walk = new(stackPointer, framePointer);
        while (walk.TryNext(out ulong returnAddress))
            WriteFrame("  called from ", returnAddress);
    }

    private static void WriteFrame(string how, ulong address)
    {
        WriteRegister(how, address);
        TextOutput.Write(" ");
        s_symbols?.WriteName(address);
        TextOutput.Write("\n");
    }
}
