// Puts the fault injector over the driver. The fault: drivers/hosts/Faulty. Back to: Start.cs
using System;
using RingOS.Hardware;
using RingOS.Hosts.Faulty;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Placement.Nics;

namespace RingOS.Kernel.Kits.Native;

/// <summary>Drivers that do what <c>fault=</c> says; a driver made after a restart has its bad moment before it again.</summary>
internal sealed class FaultyDrivers(CommandLine line) : IDriverFactory
{
    private readonly DriverFactory _drivers = new();

    public INicDriver Create(NicKind nic, NicGrant grant, INicEvents events)
    {
        FaultRequest? request = FaultWords.Parse(line.Value("fault"u8));
        if (request is null)
            KernelPanic.Fail("fault= names no fault; see drivers/hosts/Faulty/native/FaultWords.cs");
        bool isSoftware = line.Value("placement"u8).SequenceEqual("software"u8);
        IFaultActs acts = isSoftware ? new GrantActs(grant) : new KernelActs(grant);
        return new FaultyDriver(_drivers.Create(nic, grant, events), request!, acts);
    }

    // In ring 0 nothing ends but by an exception.
    private sealed class KernelActs(NicGrant grant) : NativeActs(grant)
    {
        public override void End() => throw new InvalidOperationException("the driver gives up");
    }
}
