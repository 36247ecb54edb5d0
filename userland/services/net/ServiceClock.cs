// The stack's clock in a service: that of programs. Back to: Program.cs
using RingOS.Hardware;
using RingOS.User;

namespace RingOS.NetService;

/// <summary>Reads what sleep() goes by, without a system call.</summary>
internal sealed class ServiceClock(ulong ticksPerSecond) : Hardware.Clock
{
    public override ulong Ticks => Syscall.ReadClock();

    public override ulong TicksPerSecond { get; } = ticksPerSecond;
}
