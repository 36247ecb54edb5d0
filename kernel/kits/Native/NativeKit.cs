// The first C# to run: gives the image its heap and statics, reads the loader's information, and hands over to the kernel.
// Everything that ties RingOS to its own core library and boot code is in this folder. Next: Multiboot1.cs
using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;

namespace RingOS.Kernel.Kits.Native;

/// <summary>Boots the kernel from Multiboot 1 or 2.</summary>
public static unsafe class NativeKit
{
    private const ulong KernelBase = 0xFFFF_FFFF_8000_0000; // kernel.ld

    /// <summary>boot.asm calls this on the boot stack, with the first 4 GiB mapped.</summary>
    /// <param name="magic">Which loader, as it left it in eax.</param>
    /// <param name="information">Physical address of what it has to say.</param>
    /// <param name="placer">Where driver and stack go, or null.</param>
    public static void Run(uint magic, uint information, IPlacer? placer)
    {
        Cpu.Attach(CpuOperationsTable());
        SerialPort.Initialize();
        Panic.Handler = &KernelPanic.OnThrow;
        KernelImage image = DescribeImage();
        BootInfo? boot = magic switch
        {
            Multiboot1.Magic => new Multiboot1(information).Read(image),
            Multiboot2.Magic => new Multiboot2(information).Read(image),
            _ => null,
        };
        if (boot is null)
            KernelPanic.Fail("started by something that is neither Multiboot 1 nor 2");
        KernelMain.Run(boot!, placer);
    }

    /// <summary>The heap and static fields; before anything else.</summary>
    public static void InitializeRuntime()
    {
        ulong* bounds = ImageBounds();
        RuntimeHeap.Initialize(bounds[4], bounds[5] - bounds[4]);
        RuntimeStartup.InitializeModules();
    }

    private static KernelImage DescribeImage()
    {
        ulong* bounds = ImageBounds();
        return new KernelImage
        {
            PhysicalStart = bounds[0] - KernelBase,
            TextStart = bounds[0],
            ConstantsStart = bounds[1],
            DataStart = bounds[2],
            End = bounds[3],
        };
    }

    [RuntimeImport("*", "image_bounds"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong* ImageBounds();

    [RuntimeImport("*", "cpu_operations_table"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern CpuOperations* CpuOperationsTable();
}
