// Immutable UTF-16 text: literals only, nothing here builds new strings. Next: Span.cs
using System.Runtime.CompilerServices;

namespace System;

public sealed partial class String
{
    // Contract with both compilers: exactly these two fields.
    private readonly int _stringLength;
    private char _firstChar;

    public static readonly string Empty = "";

    public int Length => _stringLength;

    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_stringLength)
                Panic.Fail("string index out of range");
            return Unsafe.Add(ref _firstChar, index);
        }
    }

    public static implicit operator ReadOnlySpan<char>(string text) => MemoryExtensions.AsSpan(text);

    public static bool operator ==(string left, string right)
    {
        if ((object)left == (object)right)
            return true;
        if (left is null || right is null || left.Length != right.Length)
            return false;
        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }
        return true;
    }

    public static bool operator !=(string left, string right) => !(left == right);

    internal ref char Reference => ref _firstChar;
}
