// The registers of the simulated clock, a device that exists only outside real machines. Back to: BootProtocol.cs
namespace RingOS.Abi;

/// <summary>
/// Simulated time stands still while the machine computes. The kernel puts into <see cref="WakeWord"/> until when it has nothing to
/// do, writes to <see cref="IdleRegister"/>, and halts; whoever simulates the world writes the time to <see cref="NowWord"/> and
/// then interrupts, once, by the clock's message or another device's.
/// </summary>
public static class SimulatedClockProtocol
{
    /// <summary>Device in bits 31:16, vendor in bits 15:0, as in configuration space. The vendor is nobody's.</summary>
    public const uint Identity = 0x0C10_1234;

    /// <summary>Nanoseconds at which simulated time begins: not 0, so that 0 can mean "none".</summary>
    public const ulong Beginning = 1_000_000_000;

    /// <summary>Ticks of simulated time per second: nanoseconds.</summary>
    public const ulong TicksPerSecond = 1_000_000_000;

    /// <summary>Bytes of the register window, BAR 0.</summary>
    public const uint WindowLength = 64 << 10;

    /// <summary>Write only: bus address of the page below 4 GiB. The device answers by writing <see cref="NowWord"/>.</summary>
    public const int PageRegister = 0x100;

    /// <summary>Write only, any value: the machine halts now.</summary>
    public const int IdleRegister = 0x104;

    /// <summary>Word of the page, written by the device: nanoseconds.</summary>
    public const int NowWord = 0;

    /// <summary>Word of the page, written by the kernel: nanoseconds, all ones for "until a device interrupts".</summary>
    public const int WakeWord = 1;
}
