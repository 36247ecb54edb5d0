// The registers of the simulated clock, a device that exists only outside real machines. Next: RemoteBusProtocol.cs
namespace RingOS.Abi;

/// <summary>
/// Simulated time stands still while the machine computes. The kernel says in <see cref="WakeRegister"/> until when it has nothing to do and
/// writes to <see cref="IdleRegister"/>; when that store is done, time has passed, <see cref="NowRegister"/> says how much, and
/// <see cref="VectorRegister"/> which interrupt ends the halt, the clock's own or another device's: the kernel raises it at its local APIC.
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
    public const uint WindowLength = RemoteBusProtocol.FunctionLength;

    public const uint FirstRegister = NowRegister;

    /// <summary>Read only, 64 bits, by one load: nanoseconds.</summary>
    public const uint NowRegister = 0x100;

    /// <summary>Write only, 64 bits, by two stores: nanoseconds, all ones for "until a device interrupts".</summary>
    public const uint WakeRegister = 0x108;

    /// <summary>Write only, any value: the machine halts now.</summary>
    public const uint IdleRegister = 0x110;

    /// <summary>Read only: vector in bits 7:0.</summary>
    public const uint VectorRegister = 0x114;

    public const uint EndOfRegisters = 0x118;
}
