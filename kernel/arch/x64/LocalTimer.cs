// One-shot timer of the local APIC: the kernel is tickless, it asks for an interrupt only when someone has a deadline.
// Intel SDM vol. 3, 10.5.4. Next: Calibration.cs
using System.Numerics;
using System.Threading;

namespace RingOS.Kernel.Arch.X64;

/// <summary>The local APIC's timer. Counts are in its own units; <see cref="Calibration"/> relates them to the time-stamp counter.</summary>
public sealed unsafe class LocalTimer
{
    public const int Vector = 0x40;
    public const int SpuriousVector = 0xFF;
    private const uint ApicBase = 0x1B; // IA32_APIC_BASE
    private const int EndOfInterruptRegister = 0xB0;
    private const int SpuriousInterrupt = 0xF0;
    private const int InService = 0x100; // eight registers of 32 vectors, 16 bytes apart
    private const int InterruptCommand = 0x300; // ICR, low half
    private const int LocalTimerEntry = 0x320;
    private const int InitialCount = 0x380;
    private const int CurrentCount = 0x390;
    private const int DivideConfiguration = 0x3E0;
    private const uint SoftwareEnable = 0x100;
    private const uint Masked = 1 << 16;
    private const uint DivideBy16 = 0x3;
    private const uint ToSelf = 1 << 18; // destination shorthand; fixed delivery, an edge. Intel SDM vol. 3, 10.6.1

    private readonly byte* _registers;

    /// <param name="registers">Virtual address of the APIC's page, mapped uncached.</param>
    public LocalTimer(ulong registers) => _registers = (byte*)registers; // SAFETY: the caller mapped the whole page.

    /// <summary>Physical address of the local APIC's registers.</summary>
    public static ulong PhysicalBase => Cpu.ReadModelSpecificRegister(ApicBase) & 0xF_FFFF_F000;

    /// <summary>What is left of the current count.</summary>
    public uint Remaining => Read(CurrentCount);

    public void Start()
    {
        Write(SpuriousInterrupt, SoftwareEnable | SpuriousVector);
        Write(DivideConfiguration, DivideBy16);
        Write(LocalTimerEntry, Vector);
    }

    /// <summary>Counts down without an interrupt at the end.</summary>
    public void StartSilently(uint count)
    {
        Write(LocalTimerEntry, Vector | Masked);
        Write(InitialCount, count);
    }

    /// <summary>One interrupt after so many units; replaces what was set before. 0 sets none.</summary>
    public void Arm(uint count) => Write(InitialCount, count);

    public void EndInterrupt() => Write(EndOfInterruptRegister, 0);

    /// <summary>Raises an interrupt here, as a device's message with this vector does.</summary>
    public void InterruptOwnProcessor(byte vector) => Write(InterruptCommand, ToSelf | vector);

    /// <summary>The highest vector that the processor has taken from it and nobody has ended; -1 if there is none.</summary>
    public int Taken
    {
        get
        {
            for (int word = 7; word >= 0; word--)
            {
                uint vectors = Read(InService + (word * 16));
                if (vectors != 0)
                    return (word * 32) + 31 - BitOperations.LeadingZeroCount(vectors);
            }
            return -1;
        }
    }

    private uint Read(int offset) => Volatile.Read(ref *(uint*)(_registers + offset)); // SAFETY: constants within the page.

    private void Write(int offset, uint value) => Volatile.Write(ref *(uint*)(_registers + offset), value); // SAFETY: as above.
}
