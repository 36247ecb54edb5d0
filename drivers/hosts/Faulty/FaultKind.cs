// How a driver can misbehave. Next: FaultRequest.cs
namespace RingOS.Hosts.Faulty;

/// <summary>What the driver does, once.</summary>
public enum FaultKind
{
    None,

    /// <summary>"wild-write": stores to an address that is not its own.</summary>
    WildWrite,

    /// <summary>"wild-dma": the same through its descriptor memory, for drivers that have no addresses, only grants.</summary>
    WildDma,

    /// <summary>"privileged": turns off the processor's write protection, CR0.WP.</summary>
    Privileged,

    /// <summary>"loop": computes for ever.</summary>
    Loop,

    /// <summary>"exit": ends.</summary>
    Exit,
}
