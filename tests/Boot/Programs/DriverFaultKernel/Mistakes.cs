// What a driver can do wrong without a single unsafe line. What should come of it: tests/Boot/SoftwareWallTests.cs. Back to: WrongDriver.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Test.DriverFaultKernel;

/// <summary>One mistake, named as on the command line; an unknown name makes none.</summary>
internal sealed class Mistakes
{
    private readonly byte[] _name;
    private readonly int[] _numbers = new int[4];

    public Mistakes(ReadOnlySpan<byte> name)
    {
        _name = new byte[name.Length];
        name.CopyTo(_name);
    }

    public void Make(NicGrant grant)
    {
        if (Is("register-read"u8))
            _ = grant.Registers.Read(0xFFFF_FFFC);
        else if (Is("register-write"u8))
            grant.Registers.Write(0x2_0000, 1); // the first behind the window's 128 KiB
        else if (Is("descriptor-read"u8))
            _ = grant.Dma.Read64(-8);
        else if (Is("descriptor-write"u8))
            grant.Dma.Write64(grant.Dma.Length, 1);
        else if (Is("array"u8))
            _numbers[_numbers.Length + Zero()] = 1;
        else if (Is("null"u8))
            Nobody()!.Make(grant);
        else if (Is("divide"u8))
            _numbers[0] = 1 / Zero();
        else if (Is("cast"u8))
            ((Mistakes)Anybody(grant))._numbers[0] = 1;
        else if (Is("recursion"u8))
            _numbers[0] = Deeper(1);
        else if (Is("throw"u8))
            throw new InvalidOperationException("the driver gives up");
        else if (Is("loop"u8))
            Loop();
    }

    private bool Is(ReadOnlySpan<byte> name) => new ReadOnlySpan<byte>(_name).SequenceEqual(name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Zero() => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Mistakes? Nobody() => null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object Anybody(object somebody) => somebody;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Deeper(int depth) => depth == 0 ? 0 : Deeper(depth + 1) + depth;

    private static void Loop()
    {
        for (; ; )
        {
        }
    }
}
