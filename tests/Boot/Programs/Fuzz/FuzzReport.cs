// What the fuzzer tells the host, as log events. Read by: tools/RingOS.Host/Fuzz/FuzzRun.cs. Next: KernelBooks.cs
using System;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Events, one at a time.</summary>
internal static class FuzzReport
{
    private static readonly EventLine s_line = new();

    public static EventLine Begin(ReadOnlySpan<byte> template) => s_line.Begin(Clock.WallNanoseconds, template);

    /// <summary>Something that must not be.</summary>
    public static void Found(ReadOnlySpan<byte> what, ulong process, ulong call, in CallRegisters registers, Entry entry)
        => AddArguments(Begin("fuzz found: {What} after call {Call} of process {Process}"u8)
            .Add("What"u8, what).Add("Call"u8, call).Add("Process"u8, process), in registers, entry)
            .Add("ResultRax"u8, registers.ResultRax).Add("ResultRdi"u8, registers.ResultRdi).Add("ResultRsi"u8, registers.ResultRsi)
            .Add("ResultRdx"u8, registers.ResultRdx).Add("ResultR10"u8, registers.ResultR10).Add("ResultR8"u8, registers.ResultR8)
            .Add("ResultR9"u8, registers.ResultR9).Add("ResultRcx"u8, registers.ResultRcx).Add("ResultR11"u8, registers.ResultR11)
            .Add("Broken"u8, registers.Broken).End();

    /// <summary>A call that is about to be made.</summary>
    public static void Trace(ulong process, ulong call, in CallRegisters registers, Entry entry)
        => AddArguments(Begin("fuzz call: {Call} of process {Process}"u8).Add("Call"u8, call).Add("Process"u8, process), in registers, entry).End();

    private static EventLine AddArguments(EventLine line, in CallRegisters registers, Entry entry)
        => line.Add("Entry"u8, (ulong)entry).Add("Number"u8, registers.Rax)
            .Add("Rdi"u8, registers.Rdi).Add("Rsi"u8, registers.Rsi).Add("Rdx"u8, registers.Rdx).Add("R10"u8, registers.R10)
            .Add("R8"u8, registers.R8).Add("R9"u8, registers.R9);
}
