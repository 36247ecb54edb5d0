// What the processor checks for the language: null references and the end of the stack. One a run, because it ends the program.
// What should come of it: tests/Boot/LanguageTests.cs. Next: Program.cs
using System;
using System.Runtime.CompilerServices;

namespace RingOS.Test.Language;

internal static class FaultCases
{
    /// <summary>Does not come back, or the language is not kept.</summary>
    public static void Run(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("null-field"u8))
            Opaque.Of<Thing?>(null)!.Number = 1;
        else if (name.SequenceEqual("null-far-field"u8))
            Opaque.Of<Far?>(null)!.Last = 1;
        else if (name.SequenceEqual("null-array"u8))
            Opaque.Of<int[]?>(null)![Opaque.Of(0x4000_0000)] = 1;
        else if (name.SequenceEqual("null-interface"u8))
            _ = Opaque.Of<IThing?>(null)!.Number;
        else if (name.SequenceEqual("null-virtual"u8))
            _ = Opaque.Of<object?>(null)!.ToString();
        else if (name.SequenceEqual("null-delegate"u8))
            Opaque.Of<Action?>(null)!();
        else if (name.SequenceEqual("null-unboxed"u8))
            _ = (Pair)Opaque.Of<object?>(null)!;
        else if (name.SequenceEqual("null-reference"u8))
            default(FarView).Write();
        else if (name.SequenceEqual("recursion"u8))
            _ = Deeper(1);
        else if (name.SequenceEqual("recursion-of-frames"u8))
            _ = DeeperByPages(1);
        else if (name.SequenceEqual("large-frame"u8))
            LargeFrame();
        else if (name.SequenceEqual("stackalloc"u8))
            _ = Allocate(Opaque.Of(int.MaxValue));
        else if (name.SequenceEqual("stackalloc-negative"u8))
            _ = Allocate(Opaque.Of(-1));
        else if (name.SequenceEqual("divide"u8))
            _ = Opaque.Of(1) / Opaque.Of(0);
        else if (name.SequenceEqual("divide-overflow"u8))
            _ = Opaque.Of(int.MinValue) / Opaque.Of(-1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth) => depth == 0 ? 0 : Deeper(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int DeeperByPages(int depth)
    {
        Eight<Eight<Eight<Pair>>> frame = default;
        frame.Last.Last.Last.Right = depth;
        return depth == 0 ? 0 : DeeperByPages(depth + 1) + Last(ref frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Last(ref Eight<Eight<Eight<Pair>>> frame) => frame.Last.Last.Last.Right;

    // 16 MiB: the stack has less, and what lies that far below it could be anything.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LargeFrame()
    {
        Eight<Eight<Eight<Eight<Eight<Eight<Eight<Pair>>>>>>> frame = default;
        Write(ref frame.A.A.A.A.A.A.A.Left);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write(ref int target) => target = 1;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Allocate(int length)
    {
        Span<byte> bytes = stackalloc byte[length];
        bytes[0] = 1;
        return bytes.Length;
    }

    private sealed class Far
    {
        public Eight<Eight<Eight<Eight<Pair>>>> Before;
        public int Last;
    }

    private ref struct FarView
    {
        private ref Eight<Eight<Eight<Eight<Pair>>>> _target;

        public void Write() => _target.Last.Last.Last.Last.Right = 1;
    }
}
