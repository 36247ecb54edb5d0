// Symbols of cosmos.asm. Cosmos reaches its own assembly in the same way: library "*" is the kernel itself. Back to: Kernel.cs
using System.Runtime.InteropServices;
using RingOS.Kernel.Arch.X64;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>Addresses that only the linker knows, and where a <c>throw</c> leads.</summary>
internal static unsafe partial class AssemblySymbols
{
    /// <summary>The table of assembly routines; everything else is called through it.</summary>
    [LibraryImport("*", EntryPoint = "cpu_operations_table")]
    [SuppressGCTransition]
    public static partial CpuOperations* CpuOperationsTable();

    /// <summary>Four virtual addresses: start of the image, of its constants, of its data, and its end.</summary>
    [LibraryImport("*", EntryPoint = "image_bounds")]
    [SuppressGCTransition]
    public static partial ulong* ImageBounds();

    /// <summary>From now on every <c>throw</c> calls this.</summary>
    /// <param name="handler">A <c>delegate*&lt;Exception, void&gt;</c> that does not return.</param>
    [LibraryImport("*", EntryPoint = "set_throw_handler")]
    [SuppressGCTransition]
    public static partial void SetThrowHandler(void* handler);
}
