// Time from outside, for machines that share one simulated clock: it stands still while the machine computes, and moves only while
// the machine waits. The other end: tools/RingOS.RemoteDevices/SimulatedClockDevice.cs. Next: X64Processor.cs
using System.Threading;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Kernel.Arch.X64;

/// <summary>
/// A PCI device. Before the kernel halts it says until when it has nothing to do; the store that says that it halts now takes until then, or
/// until a device interrupts.
/// </summary>
public sealed unsafe class SimulatedClock
{
    /// <summary>The vector of its message.</summary>
    public const int Vector = 0x41;

    private readonly MmioRegion _registers;
    private readonly ulong* _now;
    private readonly LocalTimer _localApic;
    private ulong _wakeAt = ulong.MaxValue;

    /// <param name="registers">Virtual address of its register window, mapped uncached.</param>
    /// <param name="localApic">Where interrupts are raised.</param>
    public SimulatedClock(ulong registers, LocalTimer localApic)
    {
        // SAFETY: the caller mapped the whole window.
        _registers = new MappedMmioRegion((nint)registers, SimulatedClockProtocol.WindowLength);
        _now = (ulong*)(registers + SimulatedClockProtocol.NowRegister);
        _localApic = localApic;
    }

    /// <summary>Nanoseconds since the simulation began; more than 0.</summary>
    public ulong Now => Volatile.Read(ref *_now); // SAFETY: inside the window.

    /// <summary>Asks for one interrupt after so many nanoseconds, replacing an earlier request.</summary>
    public void Arm(ulong nanoseconds) => _wakeAt = Now + nanoseconds;

    /// <summary>Lets time pass until something happens. Interrupts are off; they come with the halt.</summary>
    public void HaltUntilInterrupt()
    {
        _registers.Write(SimulatedClockProtocol.WakeRegister, (uint)_wakeAt);
        _registers.Write(SimulatedClockProtocol.WakeRegister + sizeof(uint), (uint)(_wakeAt >> 32));
        _registers.Write(SimulatedClockProtocol.IdleRegister, 1); // time passes in this store
        _localApic.InterruptOwnProcessor((byte)_registers.Read(SimulatedClockProtocol.VectorRegister));
        Cpu.HaltUntilInterrupt(); // ends at once
    }
}
