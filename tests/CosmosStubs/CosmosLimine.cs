// Cosmos.Kernel.Boot.Limine of Cosmos Gen3 3.0.82, as far as kernel/kits/Cosmos uses it, and nothing that it does not have: shapes.txt.
// Its files: src/Cosmos.Kernel.Boot.Limine/{Limine,LimineID,LimineFramebuffer,LimineMemoryMap}.cs. Next: CosmosPageAllocator.cs
using System.Runtime.InteropServices;

namespace Cosmos.Kernel.Boot.Limine;

/// <summary>Limine.cs</summary>
public static class Limine
{
    public static readonly LimineHHDMRequest HHDM = new();
    public static readonly LimineMemmapRequest MemoryMap = new();
}

/// <summary>LimineID.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineID(ulong a3, ulong a4)
{
    public readonly ulong One = 0xc7b1dd30df4c8b88, Two = 0x0a82e883a194f07b, Three = a3, Four = a4;
}

/// <summary>LimineFramebuffer.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineHHDMRequest()
{
    public readonly LimineID ID = new(0x48dcf1cb8ad2b852, 0x63984e959a98244b);
    public readonly ulong Revision = 0;
    public readonly LimineHHDMResponse* Response;
}

/// <summary>LimineFramebuffer.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineHHDMResponse
{
    public readonly ulong Revision;
    public readonly ulong Offset;
}

/// <summary>LimineMemoryMap.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapRequest()
{
    public readonly LimineID ID = new(0x67cf3d9d378a806f, 0xe304acdfc50c3c62);
    public readonly ulong Revision = 0;
    public readonly LimineMemmapResponse* Response;
}

/// <summary>LimineMemoryMap.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapResponse
{
    public readonly ulong Revision;
    public readonly ulong EntryCount;
    public readonly LimineMemmapEntry** Entries;
}

/// <summary>LimineMemoryMap.cs</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapEntry
{
    public readonly void* Base;
    public readonly ulong Length;
    public readonly LimineMemmapType Type;
}

/// <summary>LimineMemoryMap.cs</summary>
public enum LimineMemmapType : ulong
{
    Usable = 0,
    Reserved = 1,
    BootloaderReclaimable = 5,
    KernelAndModules = 6,
}
