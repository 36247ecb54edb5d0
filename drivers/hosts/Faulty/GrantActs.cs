// Misbehaving as far as C# without `unsafe` goes: there are no addresses, only a grant to reach out of. Side by side with: native/NativeActs.cs
using System;
using RingOS.Hardware;

namespace RingOS.Hosts.Faulty;

/// <summary>For a driver that only the language walls in.</summary>
public sealed class GrantActs(NicGrant grant) : IFaultActs
{
    private const uint FarRegister = 0xFFFF_FFFC;

    /// <summary>A register far outside the window: the nearest to an address that the language has.</summary>
    public void WriteAt(ulong address) => grant.Registers.Write(FarRegister, uint.MaxValue);

    public void WriteDescriptor() => grant.Dma.Write64(grant.Dma.Length, FaultyDriver.WildValue);

    /// <summary>There is nothing to write here: tests/Refused/PrivilegedInstruction.cs does not compile.</summary>
    public void UsePrivilege() => throw new NotSupportedException("C# has no word for a privileged instruction");

    public void End() => throw new InvalidOperationException("the driver gives up");
}
