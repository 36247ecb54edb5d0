// Whether KVM executes what the kernel needs, asked by a guest of 48 bytes: a machine without KVM, or one whose KVM is itself emulated,
// would otherwise wait for ever. Intel SDM vol. 2, CPUID and CLAC. Next: KvmRefusal.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using RingOS.Abi;

namespace RingOS.Host.Machines;

/// <summary>How far the guest came.</summary>
/// <param name="Ended">QEMU's exit code; null if it had to be stopped.</param>
/// <param name="Progress">The letters that the guest wrote: R when it runs, S if the processor has SMAP, C behind <c>clac</c>.</param>
/// <param name="Errors">What QEMU wrote to its standard error.</param>
public sealed record KvmTrial(int? Ended, string Progress, string Errors);

/// <summary>Tries KVM before a system is booted with it.</summary>
public static class KvmProbe
{
    // The guest needs microseconds, and QEMU's own start a tenth of a second.
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(20);

    private const byte Console = (byte)BootProtocol.DebugConsolePort;
    private const byte Exit = (byte)BootProtocol.DebugExitPort;
    private const int Ran = (2 * (int)GuestExit.Success) + 1;

    /// <summary>Returns if machines with these options can run.</summary>
    /// <param name="options">What will be booted: <c>clac</c> matters only where SMAP is used.</param>
    /// <exception cref="RingOsException">They cannot; the message says why in one sentence.</exception>
    public static async Task RequireAsync(MachineOptions options, CancellationToken cancellation)
    {
        if (options.Accelerator != Accelerator.Kvm)
            return;
        KvmTrial trial = await TryAsync(Qemu.Chosen, cancellation);
        if (KvmRefusal.Of(trial, options.CommandLine) is string refusal)
            throw new RingOsException($"--accel kvm: {refusal}");
    }

    /// <summary>Whether the guest ran to its end.</summary>
    internal static bool RanToItsEnd(KvmTrial trial) => trial.Ended == Ran;

    /// <summary>64 KiB that end at 4 GiB, where a processor begins in real mode, 16 bytes below the end.</summary>
    internal static byte[] Firmware()
    {
        byte[] firmware = new byte[0x1_0000];
        firmware.AsSpan().Fill(0xF4); // hlt
        ReadOnlySpan<byte> code =
        [
            0xB0, (byte)'R', 0xE6, Console, // mov al, 'R'; out
            0x66, 0x31, 0xC0, 0x0F, 0xA2, //                         xor eax, eax; cpuid
            0x66, 0x83, 0xF8, 0x07, 0x72, 0x1D, //                   cmp eax, 7; jb end
            0x66, 0xB8, 7, 0, 0, 0, 0x66, 0x31, 0xC9, 0x0F, 0xA2, // mov eax, 7; xor ecx, ecx; cpuid
            0x66, 0x0F, 0xBA, 0xE3, 20, 0x73, 0x0B, //               bt ebx, 20 (SMAP); jnc end
            0xB0, (byte)'S', 0xE6, Console,
            0x0F, 0x01, 0xCA, //                                     clac
            0xB0, (byte)'C', 0xE6, Console,
            0xB0, (byte)GuestExit.Success, 0xE6, Exit, // end: mov al, Success; out
        ];
        code.CopyTo(firmware);
        ReadOnlySpan<byte> first = [0xE9, 0x0D, 0x00]; // jmp to offset 0: 0xFFF3 + 0x000D wraps around
        first.CopyTo(firmware.AsSpan(0xFFF0));
        return firmware;
    }

    internal static async Task<KvmTrial> TryAsync(Qemu qemu, CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("ringos-kvm-").FullName;
        try
        {
            string firmware = Path.Combine(folder, "probe.bin");
            await File.WriteAllBytesAsync(firmware, Firmware(), cancellation);
            return await RunAsync(qemu, QemuCommandLine.Probe(firmware), folder, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<KvmTrial> RunAsync(Qemu qemu, IReadOnlyList<string> arguments, string folder,
        CancellationToken cancellation)
    {
        using Process process = await ChildProcesses.StartAsync(qemu.Program, arguments, folder);
        try
        {
            Task<string> progress = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            KvmWatch watch = new();
            Task errors = watch.ReadAsync(process.StandardError);
            bool ended = await EndsAsync(process, watch, cancellation);
            ChildProcesses.Kill(process);
            await process.WaitForExitAsync(CancellationToken.None);
            await errors;
            return new KvmTrial(ended ? process.ExitCode : null, await progress, watch.Text);
        }
        finally
        {
            ChildProcesses.End(process);
        }
    }

    private static async Task<bool> EndsAsync(Process process, KvmWatch watch, CancellationToken cancellation)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation, watch.GaveUp);
        timer.CancelAfter(s_deadline);
        try
        {
            await process.WaitForExitAsync(timer.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
