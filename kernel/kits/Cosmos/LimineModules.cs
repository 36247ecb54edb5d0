// Limine's module request, which Cosmos does not make. Limine protocol, "Module Feature". Next: ThrownReason.cs
using System.Runtime.InteropServices;
using Cosmos.Kernel.Boot.Limine;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>Files that Limine loaded beside the kernel. It finds the request by its numbers and fills the answer in before anything runs.</summary>
public static class LimineModules
{
    // Like Cosmos's own requests: the compiler lays it out at build time, so that it is in the file.
    public static readonly LimineModuleRequest Request = new();
}

/// <summary>limine_module_request.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineModuleRequest()
{
    public readonly LimineID ID = new(0x3e7e279702be32af, 0xca1c4f3bd1280cee);
    public readonly ulong Revision = 0;
    public readonly LimineModuleResponse* Response;
}

/// <summary>limine_module_response.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct LimineModuleResponse
{
    public ulong Revision;
    public ulong ModuleCount;
    public LimineFile** Modules;
}

/// <summary>limine_file, as far as it matters here.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct LimineFile
{
    public ulong Revision;
    public byte* Address; // in the direct map
    public ulong Size;
}
