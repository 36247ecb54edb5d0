// The boot archive of the built images, once for all tests. Machines run one after another: two cores are for QEMU and its peer.
using RingOS.Host.Boot;
using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace RingOS.Tests.System;

/// <summary>What every system test needs to exist.</summary>
public sealed class SystemFixture
{
    public SystemFixture() => Archive = Images.Pack();

    public string Archive { get; }
}
