// One offence a method, to prove that SafeCodeRules sees it. Back to: SafeCodeTests.cs
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>Nothing here is ever called.</summary>
internal static unsafe class UnsafeSamples
{
    public static class MutableStatic
    {
        public static int Counter = 1;
    }

    public static class PointerParameter
    {
        public static int Read(int* address) => address is null ? 0 : 1;
    }

    public static class PointerLocal
    {
        public static int Read(ref int value)
        {
            fixed (int* address = &value)
                return *address;
        }
    }

    public static class StackAllocation
    {
        public static byte Read(int length)
        {
            Span<byte> bytes = stackalloc byte[length];
            return bytes[0];
        }
    }

    public static class FunctionPointer
    {
        public static int Call(nint target) => ((delegate*<int>)target)();
    }

    public static class UnsafeApi
    {
        public static long Read(ref int value) => Unsafe.As<int, long>(ref value);
    }

    public static class MarshalApi
    {
        public static byte Read(nint address) => Marshal.ReadByte(address);
    }

    public static class Printing
    {
        public static void Print() => Console.WriteLine();
    }

    public static class PlatformCall
    {
        [DllImport("*")]
        public static extern int getpid();
    }

    public static class Overlay
    {
        [StructLayout(LayoutKind.Explicit)]
        public struct Union
        {
            [FieldOffset(0)]
            public object Reference;

            [FieldOffset(8)]
            public nint Address;
        }
    }
}
