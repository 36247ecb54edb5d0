// A driver as its supervisor sees it. Side by side with: ../microkernel/StackCare.cs. Back to: ../DriverDomain.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Sockets;

namespace RingOS.Kernel.Placement.Supervision;

/// <summary>The stack above a driver.</summary>
public interface IDriverClient
{
    /// <summary>The driver is gone: it gets nothing more.</summary>
    void OnDriverLost();

    /// <summary>The driver is gone and its device reset: all packets it had are the stack's again.</summary>
    void OnDriverReset();

    /// <summary>Another one has been started; returns when it has answered.</summary>
    Status OnDriverStarted();
}

/// <summary>Resets its device, starts it with a fresh grant, and introduces it to the stack.</summary>
public sealed class DriverCare : ServiceCare
{
    private readonly DriverDomain _driver;
    private readonly IDriverClient _client;

    private DriverCare(Site site, DriverDomain driver, IDriverClient client, SocketLayer sockets)
        : base(site, driver, sockets)
    {
        _driver = driver;
        _client = client;
    }

    protected override ReadOnlySpan<byte> Ward => "driver"u8;

    /// <summary>Starts the driver, and its supervisor.</summary>
    public static Status Start(Site site, DriverDomain driver, IDriverClient client, SocketLayer sockets)
    {
        DriverCare care = new(site, driver, client, sockets);
        Status status = care.StartSupervisor();
        return status == Status.Ok ? driver.Start() : status;
    }

    protected override void TakeLeave() => _client.OnDriverLost();

    protected override void Report(string what) => Nucleus.Log.Error("the NIC has lost its driver: it {What}").With("What", what).End();

    protected override void ReportReturn(ulong outageTicks)
        => Nucleus.Log.Information("the NIC has a driver again after {OutageTicks} ticks").With("OutageTicks", outageTicks).End();

    // A driver that is well has been started with the stack meanwhile (StackCare): what the supervisor has heard is of the one before.
    protected override void Reset()
    {
        if (_driver.IsHealthy)
            return;
        _driver.Stop();
        _client.OnDriverReset();
    }

    protected override Status Start()
    {
        if (_driver.IsHealthy)
            return Status.Ok;
        Status status = _driver.Start();
        return status == Status.Ok ? _client.OnDriverStarted() : status;
    }
}
