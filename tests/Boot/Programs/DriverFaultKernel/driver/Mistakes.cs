// The mistakes themselves. What should come of them: tests/Boot/SoftwareWallTests.cs. Next: StackEnd.cs, BigThings.cs. Back to: WrongDriver.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Hardware;

namespace RingOS.Test.DriverFaultKernel;

/// <summary>Makes one.</summary>
internal sealed class Mistakes(NicGrant grant, Mistake mistake, StackEnd end)
{
    private const uint FarRegister = 0xFFFF_FFFC;
    private const uint BehindWindow = 0x2_0000; // the first behind the window's 128 KiB
    private const int FarDescriptor = 0x4000_0000;

    private const uint InterruptCauseSet = 0xC8; // ICS
    private const uint LinkChange = 1 << 2;
    private const uint HogMicroseconds = 9_000; // less than a quantum

    private readonly int[] _numbers = new int[4];
    private bool _isHogging;

    public void Make()
    {
        switch (mistake)
        {
            case Mistake.RegisterRead:
                _ = grant.Registers.Read(FarRegister);
                break;
            case Mistake.RegisterWrite:
                grant.Registers.Write(BehindWindow, 1);
                break;
            case Mistake.WideRegisterRead:
                _numbers[0] = (int)new Register<Wide>(grant.Registers, 0).Read().Last;
                break;
            case Mistake.WideRegisterWrite:
                new AnyRegister<Wide>(grant.Registers, 0).Write(default);
                break;
            case Mistake.NarrowRegister:
                new Register<byte>(grant.Registers, 0).Write(1);
                break;
            case Mistake.DescriptorRead:
                _ = grant.Dma.Read64(-8);
                break;
            case Mistake.DescriptorWrite:
                grant.Dma.Write64(grant.Dma.Length, 1);
                break;
            case Mistake.EmptyRegion:
                grant.Dma.Slice(0, 0).Write64(FarDescriptor, 1);
                break;
            default:
                MakeInLanguage();
                break;
        }
    }

    /// <summary>The driver has looked what its device has done.</summary>
    public void OnInterrupt()
    {
        if (!_isHogging)
            return;
        Deadline deadline = grant.Clock.After(HogMicroseconds);
        while (!deadline.HasPassed)
        {
        }
        grant.Registers.Write(InterruptCauseSet, LinkChange);
    }

    private void MakeInLanguage()
    {
        switch (mistake)
        {
            case Mistake.Array:
                _numbers[_numbers.Length + Zero()] = 1;
                break;
            case Mistake.CovariantElement:
                ref object element = ref Covariant()[0];
                element = new Numbers { First = ulong.MaxValue };
                break;
            case Mistake.CovariantSpan:
                Span<object> elements = Covariant();
                elements[0] = new Numbers { First = ulong.MaxValue };
                break;
            case Mistake.Length:
                _numbers[0] = new int[Zero() - 1].Length;
                break;
            case Mistake.Null:
                Nobody()!.Make();
                break;
            case Mistake.FarNull:
                Nothing()!.Last = 1;
                break;
            case Mistake.Divide:
                _numbers[0] = 1 / Zero();
                break;
            case Mistake.Cast:
                ((Mistakes)Anybody(grant))._numbers[0] = 1;
                break;
            case Mistake.Unboxing:
                _numbers[0] = (int)(long)Anybody(1);
                break;
            default:
                MakeWithTheStack();
                break;
        }
    }

    private void MakeWithTheStack()
    {
        switch (mistake)
        {
            case Mistake.Recursion:
                _numbers[0] = Deeper(1);
                break;
            case Mistake.Throw:
                throw new InvalidOperationException("the driver gives up");
            case Mistake.Hog:
                _isHogging = end.TakeTurn() == 0;
                break;
            case Mistake.DeepFault:
            case Mistake.DeepThrow:
            case Mistake.DeepInterrupt:
                end.Approach(this);
                break;
            case Mistake.Heap:
                for (; ; )
                    _numbers[0] = new byte[4096].Length;
            case Mistake.Loop:
                Loop();
                break;
        }
    }

    /// <summary>There is hardly any stack left.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int MakeAtTheEnd()
    {
        if (mistake == Mistake.DeepThrow)
            throw new InvalidOperationException("the driver gives up");
        if (mistake == Mistake.DeepInterrupt)
            Loop();
        return 1 / Zero();
    }

    // An array of Mistakes, seen as one of objects.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private object[] Covariant() => new Mistakes[] { this };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Zero() => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Mistakes? Nobody() => null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LargeObject? Nothing() => null;

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
