// A clock moved by hand. Next: FakeLink.cs
using RingOS.Hardware;

namespace RingOS.Tests.Unit.Net;

internal sealed class TestClock : Clock
{
    private ulong _ticks = 1_000;

    public override ulong Ticks => _ticks;

    public override ulong TicksPerSecond => 1_000_000;

    public void AdvanceMilliseconds(uint milliseconds) => _ticks += milliseconds * 1_000ul;
}
