// No checks: what the hand of the body is worth. For the row "software, unchecked" of the comparison alone, which shows what checking
// costs. The real ones: ../checks/GrantCheck.cs
using System.Runtime.CompilerServices;

namespace RingOS.Hardware;

/// <summary>Lets every access pass.</summary>
internal static class GrantCheck
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterRead(uint offset, uint last)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterWrite(uint offset, uint last)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterRead(uint offset, uint width, uint length)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterWrite(uint offset, uint width, uint length)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Has(object? granted, string otherwise)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NarrowAccess()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(bool isInPool, int length, int offset, int whole)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Descriptor(uint offset, uint last)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Region(int length)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Window(uint length)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Slice(int offset, int length, int whole)
    {
    }
}
