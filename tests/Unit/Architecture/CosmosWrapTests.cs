// What leads `throw` and COM1 to us in a Cosmos image: cosmos.asm, linked as the project links it, runs here as a program of this host.
// Subject: kernel/kits/Cosmos/cosmos.asm. Back to: CosmosKitTests.cs
using System.Diagnostics;
using System.IO;
using System.Linq;
using RingOS.Tests.Unit.Host;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Small programs around the kit's assembly.</summary>
public sealed class CosmosWrapTests
{
    private const int Unwound = 3; // Cosmos's RhpThrowEx had the exception
    private const int Handled = 4; // our handler had it
    private const int Exception = 0x20; // the object thrown, which must come through in rdi

    // Cosmos's half: the two functions as its own object files define them.
    private const string Cosmos = """
        bits 64
        default rel
        global RhpThrowEx, _native_io_write_byte
        section .text
        RhpThrowEx:
                add     edi, 3
                mov     eax, 60                 ; exit
                syscall
        _native_io_write_byte:
                ud2
        section .note.GNU-stack noalloc noexec nowrite progbits
        """;

    private const string Prologue = """
        bits 64
        default rel
        global _start, cpu_operations
        extern RhpThrowEx, _native_io_write_byte, set_throw_handler
        section .rodata
        cpu_operations: dq 0
        section .text
        handler:
                add     edi, 4
                mov     eax, 60
                syscall
        _start:

        """;

    private const string Epilogue = "\nsection .note.GNU-stack noalloc noexec nowrite progbits\n";

    private const string Throw = "mov edi, 0x20\ncall RhpThrowEx\n";

    [Fact]
    public void BeforeOurKernelRunsCosmosHasTheException() => Assert.Equal(Exception + Unwound, Run(Throw));

    [Fact]
    public void FromThenOnOurHandlerHasIt() => Assert.Equal(Exception + Handled, Run("lea rdi, [handler]\ncall set_throw_handler\n" + Throw));

    /// <summary>A program may not use `out`; the fault it gets shows which port was meant.</summary>
    [Theory]
    [InlineData(0x3F8, 0xE9)] // what Cosmos writes to COM1's data register goes to the debug console
    [InlineData(0x3FB, 0xFB)] // its settings stay COM1's (an exit code is 8 bits)
    [InlineData(0x20, 0x20)] // and other devices their own
    public void WhatCosmosWritesToTheSerialLineGoesToTheDebugConsole(int port, int expected)
        => Assert.Equal(expected, Run($"""
                mov     eax, 13                 ; rt_sigaction(SIGSEGV, action, 0, 8)
                mov     edi, 11
                lea     rsi, [action]
                xor     edx, edx
                mov     r10d, 8
                syscall
                mov     edi, {port}
                mov     esi, 'x'
                call    _native_io_write_byte
                ud2
            on_fault:                           ; rdx: the context; its rdx is 8 bytes at 40 + 12 * 8
                mov     edi, [rdx + 136]
                movzx   edi, dil
                mov     eax, 60
                syscall
            section .data
            action: dq on_fault, 0x04000004, on_fault, 0 ; SA_SIGINFO, SA_RESTORER
            """));

    private static int Run(string body)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["cosmos-half.asm"], Cosmos);
        File.WriteAllText(folder["program.asm"], Prologue + body + Epilogue);
        CosmosKitTests.Assemble("kernel/kits/Cosmos/cosmos.asm", folder["kit.obj"]);
        foreach (string name in new[] { "cosmos-half", "program" })
            CosmosKitTests.Assemble(folder[name + ".asm"], folder[name + ".obj"]);
        string[] symbols = ["__kernel_start", "__rodata_start", "__data_start", "__kernel_end"];
        CosmosKitTests.Run("ld.lld",
            ["-static", "-o", folder["program"], .. CosmosKitTests.LinkerOptions, .. symbols.Select(static symbol => $"--defsym={symbol}=0x1000"),
            folder["program.obj"], folder["kit.obj"], folder["cosmos-half.obj"]]);
        using Process process = Process.Start(folder["program"])!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
