// The checks that stand between a driver and what it was not granted: all of them, in one file, so that a build without them makes
// their price visible. The other variant: ../unchecked/GrantCheck.cs. Next: ../GrantViolation.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>Stops the driver that reaches outside. Inlined everywhere: a comparison, a test of the low bits, a branch not taken.</summary>
internal static class GrantCheck
{
    private const uint RegisterAlignment = sizeof(uint);
    private const uint WordAlignment = sizeof(ulong);
    private const int SliceAlignment = 16;

    /// <summary>A register is read.</summary>
    /// <param name="offset">Its byte offset.</param>
    /// <param name="last">Highest offset of a register.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterRead(uint offset, uint last)
    {
        if (offset > last || offset % RegisterAlignment != 0)
            GrantViolation.Fail("register read outside the granted window");
    }

    /// <summary>A register is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterWrite(uint offset, uint last)
    {
        if (offset > last || offset % RegisterAlignment != 0)
            GrantViolation.Fail("register write outside the granted window");
    }

    /// <summary>A register of any width is read.</summary>
    /// <param name="offset">Its byte offset, a multiple of its width.</param>
    /// <param name="width">1, 2 or 4 bytes.</param>
    /// <param name="length">Of the window; at least 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterRead(uint offset, uint width, uint length)
    {
        if (offset > length - width || offset % width != 0)
            GrantViolation.Fail("register read outside the granted window");
    }

    /// <summary>A register of any width is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RegisterWrite(uint offset, uint width, uint length)
    {
        if (offset > length - width || offset % width != 0)
            GrantViolation.Fail("register write outside the granted window");
    }

    /// <summary>Something is used that a grant may lack.</summary>
    public static void Has(object? granted, string otherwise)
    {
        if (granted is null)
            GrantViolation.Fail(otherwise);
    }

    /// <summary>A register of 8 or 16 bits in a window that has none.</summary>
    public static void NarrowAccess() => GrantViolation.Fail("narrow access to a window of 32-bit registers");

    /// <summary>8 bytes of descriptor memory are read or written.</summary>
    /// <param name="offset">Their offset; a negative one is a large one.</param>
    /// <param name="last">Highest offset of 8 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Descriptor(uint offset, uint last)
    {
        if (offset > last || offset % WordAlignment != 0)
            GrantViolation.Fail("DMA access outside the granted region");
    }

    /// <summary>A frame is copied between a packet and descriptor memory.</summary>
    /// <param name="isInPool">There is such a packet.</param>
    /// <param name="length">Of the frame.</param>
    /// <param name="offset">Of the frame in descriptor memory.</param>
    /// <param name="whole">Length of descriptor memory.</param>
    public static void Copy(bool isInPool, int length, int offset, int whole)
    {
        if (!isInPool || (uint)length > PacketLayout.MaximumTaggedFrame || (uint)offset > (uint)whole || length > whole - offset)
            GrantViolation.Fail("copy outside the granted packets or region");
    }

    /// <summary>Descriptor memory is granted. In less than a word, the highest offset of a word would be a negative number: a huge one.</summary>
    public static void Region(int length)
    {
        if (length < sizeof(ulong))
            GrantViolation.Fail("DMA region of less than 8 bytes");
    }

    /// <summary>A register window is granted; as above.</summary>
    public static void Window(uint length)
    {
        if (length < sizeof(uint))
            GrantViolation.Fail("register window of less than 4 bytes");
    }

    /// <summary>A part of descriptor memory becomes a region of its own.</summary>
    public static void Slice(int offset, int length, int whole)
    {
        if ((uint)offset > (uint)whole || (uint)length > (uint)(whole - offset) || offset % SliceAlignment != 0)
            GrantViolation.Fail("DMA slice outside the granted region");
    }
}
