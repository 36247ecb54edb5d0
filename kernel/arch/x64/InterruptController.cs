// The two 8259 interrupt controllers, which every PC has: device interrupts become vectors 0x20 to 0x2F. Next: LocalTimer.cs
using System.Numerics;
using System.Runtime.CompilerServices;

namespace RingOS.Kernel.Arch.X64;

/// <summary>Masks, unmasks and ends device interrupts. All lines start masked.</summary>
public sealed class InterruptController
{
    public const int LineCount = 16;

    /// <summary>Vector of line 0.</summary>
    public const int FirstVector = 0x20;

    private const ushort MasterCommand = 0x20;
    private const ushort MasterData = 0x21;
    private const ushort SlaveCommand = 0xA0;
    private const ushort SlaveData = 0xA1;
    private const byte Initialize = 0x11; // ICW1: edge or level by ELCR, cascade, ICW4 follows
    private const byte Mode8086 = 0x01; // ICW4
    private const byte EndOfInterrupt = 0x20; // OCW2: non-specific
    private const byte ReadInService = 0x0B; // OCW3
    private const int CascadeLine = 2;

    private ushort _mask = 0xFFFF & ~(1 << CascadeLine);

    public void Start()
    {
        Cpu.Out8(MasterCommand, Initialize);
        Cpu.Out8(SlaveCommand, Initialize);
        Cpu.Out8(MasterData, FirstVector);
        Cpu.Out8(SlaveData, FirstVector + 8);
        Cpu.Out8(MasterData, 1 << CascadeLine);
        Cpu.Out8(SlaveData, CascadeLine);
        Cpu.Out8(MasterData, Mode8086);
        Cpu.Out8(SlaveData, Mode8086);
        Cpu.Out8(MasterData, (byte)_mask);
        Cpu.Out8(SlaveData, (byte)(_mask >> 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mask(int line)
    {
        _mask = (ushort)(_mask | (1 << line));
        WriteMask(line);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unmask(int line)
    {
        _mask = (ushort)(_mask & ~(1 << line));
        WriteMask(line);
    }

    /// <summary>Tells the controllers that the interrupt has been taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End(int line)
    {
        if (line >= 8)
            Cpu.Out8(SlaveCommand, EndOfInterrupt);
        Cpu.Out8(MasterCommand, EndOfInterrupt);
    }

    /// <summary>The line whose interrupt the processor has taken and nobody has ended; -1 if there is none.</summary>
    public int Taken
    {
        get
        {
            uint lines = (InServiceOf(SlaveCommand) << 8) | (InServiceOf(MasterCommand) & ~(1u << CascadeLine));
            return lines == 0 ? -1 : BitOperations.TrailingZeroCount(lines);
        }
    }

    private static uint InServiceOf(ushort command)
    {
        Cpu.Out8(command, ReadInService);
        return Cpu.In8(command);
    }

    /// <summary>Lines 7 and 15 also fire when a request has gone away; such an interrupt is not in service.</summary>
    public bool IsSpurious(int line)
    {
        if ((line & 7) != 7)
            return false;
        ushort command = line == 7 ? MasterCommand : SlaveCommand;
        bool spurious = (InServiceOf(command) & 0x80) == 0;
        if (spurious && line == 15)
            Cpu.Out8(MasterCommand, EndOfInterrupt); // the cascade itself was real
        return spurious;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteMask(int line)
    {
        if (line < 8)
            Cpu.Out8(MasterData, (byte)_mask);
        else
            Cpu.Out8(SlaveData, (byte)(_mask >> 8));
    }
}
