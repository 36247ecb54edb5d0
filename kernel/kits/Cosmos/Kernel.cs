// RingOS as a Cosmos Gen3 kernel: Cosmos brings up Limine, its heap and the .NET runtime; from BeforeRun on the machine is ours.
// The namespace is not called Cosmos, which would hide theirs. Next: LimineBootInfo.cs
using System;
using System.Text;
using Cosmos.Kernel.Boot.Limine;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Placement;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>The class that Cosmos's generated entry point makes and starts, with interrupts off (CosmosEnableInterrupts).</summary>
public sealed unsafe class Kernel : Cosmos.Kernel.System.Kernel
{
    /// <summary>No console of Cosmos: the serial line is RingOS's.</summary>
    protected override void OnBoot()
    {
    }

    /// <summary>Hands the machine over; never returns.</summary>
    protected override void BeforeRun()
    {
        Cpu.Attach(AssemblySymbols.CpuOperationsTable());
        SerialPort.Initialize();
        AssemblySymbols.SetThrowHandler((delegate*<Exception, void>)&OnThrow);
        ulong directMap = Limine.HHDM.Response->Offset; // SAFETY: Cosmos has not come this far without Limine's answers.
        LimineBootInfo boot = new(Limine.MemoryMap.Response, LimineModules.Request.Response, directMap);
        KernelImage image = LimineBootInfo.DescribeImage(AssemblySymbols.ImageBounds(), LimineExecutableAddress.Request.Response);
        HeapLoan loan = HeapLoan.Take(boot.LargestUsable, directMap);
        byte[] commandLine = Encoding.ASCII.GetBytes(string.Join(' ', Environment.GetCommandLineArgs()));
        KernelMain.Run(boot.Build(image, loan, commandLine), new Placer());
    }

    /// <summary>Not reached.</summary>
    protected override void Run()
    {
    }

    private static void OnThrow(Exception thrown) => KernelPanic.OnThrow(ThrownReason.Of(thrown));
}
