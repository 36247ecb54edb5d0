// selftest=NAME on the kernel command line: one act of ring 0, or a table of probes in rings 1 to 3. The kernel calls it where it would place a
// network. What should come of it: tests/Boot/KernelFaultTests.cs, tests/Boot/RingTests.cs, RingWayTests.cs. Next: KernelActs.cs, RingProbes.cs
using System;
using RingOS.Kernel;
using RingOS.Kernel.Boot;

namespace RingOS.Test.SelfTestKernel;

/// <summary>From a name to a test.</summary>
internal sealed class SelfTests : IPlacer
{
    /// <summary>Acts of ring 0 end in a panic; if one does not, booting goes on and says so.</summary>
    public bool Place(Nucleus nucleus)
    {
        ReadOnlySpan<byte> name = nucleus.CommandLine.Value("selftest"u8);
        if (name.IsEmpty)
            return true;
        if (RingProbes.IsTable(name))
        {
            new RingProbes(nucleus).RunAll(name);
            return true;
        }
        bool isKnown = KernelActs.Perform(nucleus, name);
        nucleus.Log.Error(isKnown ? "nothing stopped {Act}" : "no such self-test: {Act}").With("Act", name).End();
        return isKnown;
    }
}
