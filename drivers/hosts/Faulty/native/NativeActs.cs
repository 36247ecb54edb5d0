// Misbehaving with nothing but the processor to object: faults.asm by name, which is how a miscompiled driver, or one in C, would do
// it. Side by side with: ../GrantActs.cs
using System.Runtime;
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Hosts.Faulty;

/// <summary>For a driver whose wall is made of rings, page tables or keys, or that has none.</summary>
public abstract class NativeActs(NicGrant grant) : IFaultActs
{
    public void WriteAt(ulong address) => Store(address, FaultyDriver.WildValue);

    public void WriteDescriptor() => grant.Dma.Write64(grant.Dma.Length, FaultyDriver.WildValue);

    public void UsePrivilege() => ClearWriteProtect();

    public abstract void End();

    [RuntimeImport("*", "fault_store"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Store(ulong address, ulong value);

    [RuntimeImport("*", "fault_clear_write_protect"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ClearWriteProtect();
}
