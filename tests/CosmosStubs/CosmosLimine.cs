// Cosmos.Kernel.Boot.Limine of Cosmos Gen3 3.0.82, as far as kernel/kits/Cosmos uses it. Shape: CosmosOS/Cosmos,
// src/Cosmos.Kernel.Boot.Limine. Back to: CosmosKernel.cs
using System.Runtime.InteropServices;

namespace Cosmos.Kernel.Boot.Limine;

public static class Limine
{
    public static readonly LimineHHDMRequest HHDM = new();
    public static readonly LimineMemmapRequest MemoryMap = new();
    public static readonly LimineExecutableAddressRequest ExecutableAddress = new();
}

[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineID(ulong a3, ulong a4)
{
    public readonly ulong One = 0xc7b1dd30df4c8b88, Two = 0x0a82e883a194f07b, Three = a3, Four = a4;
}

[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineHHDMRequest()
{
    public readonly LimineID ID = new(0x48dcf1cb8ad2b852, 0x63984e959a98244b);
    public readonly ulong Revision = 0;
    public readonly LimineHHDMResponse* Response;
}

[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineHHDMResponse
{
    public readonly ulong Revision;
    public readonly ulong Offset;
}

[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapRequest()
{
    public readonly LimineID ID = new(0x67cf3d9d378a806f, 0xe304acdfc50c3c62);
    public readonly ulong Revision = 0;
    public readonly LimineMemmapResponse* Response;
}

[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapResponse
{
    public readonly ulong Revision;
    public readonly ulong EntryCount;
    public readonly LimineMemmapEntry** Entries;
}

[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineMemmapEntry
{
    public readonly void* Base;
    public readonly ulong Length;
    public readonly LimineMemmapType Type;
}

public enum LimineMemmapType : ulong
{
    Usable = 0,
    Reserved = 1,
    BootloaderReclaimable = 5,
    KernelAndModules = 6,
}

[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineExecutableAddressRequest()
{
    public readonly LimineID ID = new(0x71ba76863cc55f63, 0xb2644a48c516a487);
    public readonly ulong Revision = 0;
    public readonly LimineExecutableAddressResponse* Response;
}

[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineExecutableAddressResponse
{
    public readonly ulong Revision;
    public readonly ulong PhysicalBase;
    public readonly ulong VirtualBase;
}
