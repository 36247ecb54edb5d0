// One line of QEMU's log (7.2, accel/tcg/cpu-exec.c and translate-all.c, target/i386/tcg/seg_helper.c). Next: TraceReader.cs
using System;
using System.Buffers.Text;

namespace RingOS.Trace;

/// <summary>
/// Three kinds of line matter; all others belong to other `-d` items and are skipped.
/// <code>
/// Trace 0: 0x7fba64000100 [cs_base/address/flags/cflags] symbol                        about to run this instruction
/// Stopped execution of TB chain before 0x7fba64000100 [address] symbol                 it did not run: the icount slice was over
/// cpu_io_recompile: rewound execution of TB to address                                 it did not run: it touched a device; it comes again
///      2: v=0e e=0000 i=0 cpl=0 IP=0008:address pc=address SP=...    (-d int)          it did not complete: a fault
/// </code>
/// </summary>
internal static class TraceLine
{
    private const int AddressDigits = 16;
    private const int FlagDigits = 8;
    private const int AddressOffset = AddressDigits + 2; // after "[", cs_base and "/"
    private const int FlagsOffset = AddressOffset + AddressDigits + 1;
    private const int EndOffset = FlagsOffset + FlagDigits + 1 + FlagDigits;
    private const uint CplMask = 3; // HF_CPL_MASK

    private static ReadOnlySpan<byte> TracePrefix => "Trace "u8;

    private static ReadOnlySpan<byte> StoppedPrefix => "Stopped execution of TB chain before "u8;

    private static ReadOnlySpan<byte> RewoundPrefix => "cpu_io_recompile: rewound execution of TB to "u8;

    private static ReadOnlySpan<byte> VectorMark => ": v="u8;

    // A divide error and a page fault give their instruction's tick back. #UD and `int` keep it; #GP does one or the other,
    // and the log does not say which: it counts as kept.
    private static ReadOnlySpan<byte> DivideError => "00"u8;

    private static ReadOnlySpan<byte> PageFault => "0e"u8;

    private static ReadOnlySpan<byte> NoSoftwareInterrupt => " i=0 "u8;

    public static bool IsTrace(ReadOnlySpan<byte> line) => line.StartsWith(TracePrefix);

    /// <summary>Reads a line that <see cref="IsTrace"/>; false if it is cut short or damaged.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ulong address, out int cpl)
    {
        address = 0;
        cpl = 0;
        int bracket = line.IndexOf((byte)'[');
        if (bracket < 0 || line.Length <= bracket + EndOffset)
            return false;
        ReadOnlySpan<byte> state = line[bracket..];
        if (state[AddressOffset - 1] != '/' || state[FlagsOffset - 1] != '/' || state[EndOffset] != ']')
            return false;
        if (!TryParseHex(state.Slice(AddressOffset, AddressDigits), out address))
            return false;
        if (!TryParseHex(state.Slice(FlagsOffset, FlagDigits), out ulong flags))
            return false;
        cpl = (int)(flags & CplMask);
        return true;
    }

    /// <summary>Reads a line saying that the instruction announced last did not run after all.</summary>
    public static bool TryParseWithdrawal(ReadOnlySpan<byte> line, out ulong address)
    {
        if (line.StartsWith(RewoundPrefix))
            return TryParseAddress(line[RewoundPrefix.Length..], out address);
        if (line.StartsWith(StoppedPrefix))
            return TryParseAddress(After(line, "["u8), out address);
        if (IsFaultGivenBack(line))
            return TryParseAddress(After(line, " pc="u8), out address);
        address = 0;
        return false;
    }

    private static bool IsFaultGivenBack(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> vector = After(line, VectorMark);
        return (vector.StartsWith(PageFault) || vector.StartsWith(DivideError)) && line.IndexOf(NoSoftwareInterrupt) >= 0;
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> line, ReadOnlySpan<byte> mark)
    {
        int index = line.IndexOf(mark);
        return index < 0 ? default : line[(index + mark.Length)..];
    }

    private static bool TryParseAddress(ReadOnlySpan<byte> text, out ulong address)
    {
        address = 0;
        return text.Length >= AddressDigits && TryParseHex(text[..AddressDigits], out address);
    }

    private static bool TryParseHex(ReadOnlySpan<byte> digits, out ulong value)
        => Utf8Parser.TryParse(digits, out value, out int used, 'x') && used == digits.Length;
}
