// Limine's executable address request, which Cosmos does not make. Limine protocol, "Executable Address Feature". Next: HeapLoan.cs
using System.Runtime.InteropServices;
using Cosmos.Kernel.Boot.Limine;

namespace RingOS.Kernel.Kits.CosmosGen3;

/// <summary>Where Limine put the image.</summary>
public static class LimineExecutableAddress
{
    // As in LimineModules.cs: laid out at build time, so that Limine finds it in the file.
    public static readonly LimineExecutableAddressRequest Request = new();
}

/// <summary>limine_executable_address_request.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct LimineExecutableAddressRequest()
{
    public readonly LimineID ID = new(0x71ba76863cc55f63, 0xb2644a48c516a487);
    public readonly ulong Revision = 0;
    public readonly LimineExecutableAddressResponse* Response;
}

/// <summary>limine_executable_address_response.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct LimineExecutableAddressResponse
{
    public readonly ulong Revision;
    public readonly ulong PhysicalBase;
    public readonly ulong VirtualBase;
}
