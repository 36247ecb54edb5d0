// Arithmetic that the compilers call by name, byte order, bit counting, ranges. Next: Threading.cs
using System.Runtime.CompilerServices;

namespace System
{
    public static class Math
    {
        public static int Min(int left, int right) => left < right ? left : right;

        public static uint Min(uint left, uint right) => left < right ? left : right;

        public static long Min(long left, long right) => left < right ? left : right;

        public static ulong Min(ulong left, ulong right) => left < right ? left : right;

        public static int Max(int left, int right) => left > right ? left : right;

        public static uint Max(uint left, uint right) => left > right ? left : right;

        public static long Max(long left, long right) => left > right ? left : right;

        public static ulong Max(ulong left, ulong right) => left > right ? left : right;

        // ILC asks for these by name when code is compiled `checked`.
        private static long MultiplyChecked(long left, long right)
        {
            long product = unchecked(left * right);
            if (left != 0 && (product / left != right || (left == -1 && right == long.MinValue)))
                Panic.Fail("arithmetic overflow");
            return product;
        }

        private static ulong MultiplyChecked(ulong left, ulong right)
        {
            ulong product = unchecked(left * right);
            if (left != 0 && product / left != right)
                Panic.Fail("arithmetic overflow");
            return product;
        }

        private static int ConvertToInt32Checked(double value) => (int)InRange(value, -2147483649.0, 2147483648.0);

        private static uint ConvertToUInt32Checked(double value) => (uint)InRange(value, -1.0, 4294967296.0);

        private static long ConvertToInt64Checked(double value) => (long)InRange(value, -9223372036854777856.0, 9223372036854775808.0);

        private static ulong ConvertToUInt64Checked(double value) => (ulong)InRange(value, -1.0, 18446744073709551616.0);

        private static double InRange(double value, double above, double below)
        {
            if (!(value > above && value < below))
                Panic.Fail("arithmetic overflow");
            return value;
        }
    }

    public readonly struct Index
    {
        private readonly int _value;

        public Index(int value, bool fromEnd = false) => _value = fromEnd ? ~value : value;

        public static Index End => new(0, true);

        public static Index Start => new(0);

        public static implicit operator Index(int value) => new(value);

        public int GetOffset(int length) => _value < 0 ? _value + length + 1 : _value;
    }

    public readonly struct Range(Index start, Index end)
    {
        public Index Start { get; } = start;

        public Index End { get; } = end;
    }
}

namespace System.Numerics
{
    public static class BitOperations
    {
        [Intrinsic]
        public static int TrailingZeroCount(uint value)
        {
            if (value == 0)
                return 32;
            int count = 0;
            for (; (value & 1) == 0; value >>= 1)
                count++;
            return count;
        }

        [Intrinsic]
        public static int TrailingZeroCount(ulong value)
            => (uint)value != 0 ? TrailingZeroCount((uint)value) : 32 + TrailingZeroCount((uint)(value >> 32));

        [Intrinsic]
        public static int LeadingZeroCount(uint value)
        {
            int count = 32;
            for (; value != 0; value >>= 1)
                count--;
            return count;
        }

        [Intrinsic]
        public static int PopCount(ulong value)
        {
            int count = 0;
            for (; value != 0; value &= value - 1)
                count++;
            return count;
        }

        [Intrinsic]
        public static uint RotateLeft(uint value, int offset) => (value << offset) | (value >> (32 - offset));

        [Intrinsic]
        public static ulong RotateLeft(ulong value, int offset) => (value << offset) | (value >> (64 - offset));
    }
}

namespace System.Buffers.Binary
{
    public static class BinaryPrimitives
    {
        [Intrinsic]
        public static ushort ReverseEndianness(ushort value) => (ushort)((value >> 8) | (value << 8));

        [Intrinsic]
        public static uint ReverseEndianness(uint value)
            => (value >> 24) | ((value >> 8) & 0xFF00) | ((value << 8) & 0xFF0000) | (value << 24);

        [Intrinsic]
        public static ulong ReverseEndianness(ulong value)
            => ((ulong)ReverseEndianness((uint)value) << 32) | ReverseEndianness((uint)(value >> 32));
    }
}
