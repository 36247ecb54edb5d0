// The network service as its supervisor sees it. Side by side with: ../supervision/DriverCare.cs. Next: RemoteSockets.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Placement.Service;
using RingOS.Kernel.Placement.Supervision;

namespace RingOS.Kernel.Placement.Microkernel;

/// <summary>
/// The records of who has which packet die with the service. So its driver is started anew with it, and begins with none; the pool is whole
/// again, and both rings begin from the start.
/// </summary>
internal sealed class StackCare : ServiceCare
{
    private readonly StackDomain _stack;
    private readonly ServiceDomain _driver;
    private readonly RemoteSockets _remote;

    private StackCare(Site site, StackDomain stack, ServiceDomain driver, RemoteSockets remote)
        : base(site, stack, remote)
    {
        _stack = stack;
        _driver = driver;
        _remote = remote;
    }

    protected override ReadOnlySpan<byte> Ward => "network"u8;

    /// <summary>Starts the service, and its supervisor; its driver runs.</summary>
    public static Status Start(Site site, StackDomain stack, ServiceDomain driver, RemoteSockets remote)
    {
        StackCare care = new(site, stack, driver, remote);
        Status status = care.StartSupervisor();
        return status == Status.Ok ? stack.Start() : status;
    }

    protected override void TakeLeave() => _remote.OnStackLost();

    protected override void Report(string what) => Nucleus.Log.Error("the network service is lost: it {What}").With("What", what).End();

    protected override void ReportReturn(ulong outageTicks)
        => Nucleus.Log.Information("there is a network service again after {OutageTicks} ticks").With("OutageTicks", outageTicks).End();

    protected override void Reset()
    {
        _stack.Stop();
        _driver.Stop();
    }

    // A driver that its own supervisor has started meanwhile has met no stack yet.
    protected override Status Start()
    {
        Status status = _driver.IsHealthy ? Status.Ok : StartDriver();
        if (status == Status.Ok)
            status = _stack.Start();
        if (status != Status.Ok)
            return status;
        _remote.OnStackStarted();
        return _remote.Describe();
    }

    private Status StartDriver()
    {
        _driver.Stop();
        return _driver.Start();
    }
}
