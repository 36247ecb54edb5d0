// Exceptions of programs: the process ends, the kernel goes on. Back to: InterruptLine.cs
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Interrupts;

/// <summary>What happens to a process that broke a rule the processor enforces.</summary>
public static class Faults
{
    /// <summary>Ends the current process and reports why. Does not return to it.</summary>
    public static void OnProgramFault(Nucleus nucleus, ref Registers registers)
    {
        Process process = nucleus.Scheduler.Current.Process!;
        process.FaultVector = registers.Vector;
        process.FaultError = registers.ErrorCode;
        process.FaultInstruction = registers.InstructionPointer;
        process.FaultAddress = registers.Vector == ExceptionNames.PageFault ? Cpu.FaultAddress : 0;
        nucleus.Log.Error("process {Name} ended by {Exception} at {Instruction}, touching {Address}")
            .With("Name", process.Name)
            .With("Exception", ExceptionNames.Of(registers.Vector))
            .With("Vector", registers.Vector)
            .With("ErrorCode", registers.ErrorCode)
            .With("Ring", (ulong)registers.Ring)
            .WithHexadecimal("Instruction", registers.InstructionPointer)
            .WithHexadecimal("Address", process.FaultAddress)
            .End();
        nucleus.Processes.EndCurrent(ProcessEnd.Faulted, exitCode: -1);
    }
}
