// The driver's clock in a service: the time-stamp counter. Next: ServiceGrant.cs
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Reads the time-stamp counter, which every ring may.</summary>
internal sealed class TimeStampClock(ulong ticksPerSecond) : Hardware.Clock
{
    public override ulong Ticks => Syscall.ReadTimeStamp();

    public override ulong TicksPerSecond { get; } = ticksPerSecond;
}
