// smep= and smap=: walls of the processor that can be left off, to see what they stop, or where an emulator lacks what they need.
// Intel SDM vol. 3A, 4.6. Next: KernelMemory.cs
using System;

namespace RingOS.Kernel.Boot;

/// <summary>Which walls between kernel and programs are wanted; what the processor lacks is off whatever is wanted.</summary>
public readonly struct ProcessorWalls
{
    /// <summary>SMEP: the kernel cannot execute a program's pages.</summary>
    public bool ExecutionPrevention { get; private init; }

    /// <summary>SMAP: the kernel cannot touch a program's pages, but between <c>stac</c> and <c>clac</c> in its copy routine.</summary>
    public bool AccessPrevention { get; private init; }

    /// <summary>Why the words cannot be met; null if they can.</summary>
    public string? Complaint { get; private init; }

    /// <summary>Reads the words. A wall is on if nothing, or nonsense, is said of it.</summary>
    public static ProcessorWalls Read(CommandLine line)
    {
        ReadOnlySpan<byte> execution = line.Value("smep"u8);
        ReadOnlySpan<byte> access = line.Value("smap"u8);
        return new ProcessorWalls
        {
            ExecutionPrevention = !IsOff(execution),
            AccessPrevention = !IsOff(access),
            Complaint = !IsKnown(execution) ? "smep= must be on or off" : !IsKnown(access) ? "smap= must be on or off" : null,
        };
    }

    private static bool IsOff(ReadOnlySpan<byte> word) => word.SequenceEqual("off"u8);

    private static bool IsKnown(ReadOnlySpan<byte> word) => word.IsEmpty || IsOff(word) || word.SequenceEqual("on"u8);
}
