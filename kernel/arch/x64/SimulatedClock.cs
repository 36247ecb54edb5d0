// Time from outside, for machines that share one simulated clock: it stands still while the machine computes, and moves only while
// the machine waits. The other end: tools/RingOS.RemoteDevices/SimulatedClockDevice.cs. Next: X64Processor.cs
using System.Threading;
using RingOS.Abi;

namespace RingOS.Kernel.Arch.X64;

/// <summary>
/// A PCI device with one register and one page of memory. Before the kernel halts it says in the page until when it has nothing to
/// do; before the device interrupts, by whichever message, it puts the time there.
/// </summary>
public sealed unsafe class SimulatedClock
{
    /// <summary>The vector of its message.</summary>
    public const int Vector = 0x41;

    private readonly byte* _registers;
    private readonly ulong* _page;
    private ulong _wakeAt = ulong.MaxValue;

    /// <param name="registers">Virtual address of its register window, mapped uncached.</param>
    /// <param name="page">Virtual address of a page of memory.</param>
    /// <param name="devicePage">The same page as the device sees it, below 4 GiB.</param>
    public SimulatedClock(ulong registers, ulong page, ulong devicePage)
    {
        // SAFETY: the caller mapped the whole window and gave the page away.
        _registers = (byte*)registers;
        _page = (ulong*)page;
        Write(SimulatedClockProtocol.PageRegister, (uint)devicePage);
    }

    /// <summary>Nanoseconds since the simulation began; more than 0.</summary>
    public ulong Now => Volatile.Read(ref _page[SimulatedClockProtocol.NowWord]); // SAFETY: inside the page.

    /// <summary>Asks for one interrupt after so many nanoseconds, replacing an earlier request.</summary>
    public void Arm(ulong nanoseconds) => _wakeAt = Now + nanoseconds;

    /// <summary>Lets time pass until something happens.</summary>
    public void HaltUntilInterrupt()
    {
        Volatile.Write(ref _page[SimulatedClockProtocol.WakeWord], _wakeAt); // SAFETY: inside the page.
        Write(SimulatedClockProtocol.IdleRegister, 1);
        Cpu.HaltUntilInterrupt();
    }

    private void Write(int offset, uint value) => Volatile.Write(ref *(uint*)(_registers + offset), value); // SAFETY: constants within the window.
}
