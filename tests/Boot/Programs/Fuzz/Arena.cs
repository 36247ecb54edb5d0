// The memory that the kernel is asked to read and write: the last pages of the heap, which nothing is allocated from, because behind
// them nothing is mapped. And all addresses that are none. Next: HandleModel.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Fuzz;

/// <summary>Addresses, and the bytes around them.</summary>
internal static unsafe class Arena
{
    /// <summary>Bytes at the end of the heap. The rest must be enough for the fuzzer itself.</summary>
    public const ulong Length = 64 << 10;

    public const int Guard = 16;

    private const byte GuardByte = 0xC5;
    private const ulong LowHalfEnd = 0x0000_8000_0000_0000;
    private const ulong UserEnd = 0x0000_7FFF_FFFF_F000;
    private const ulong DirectMap = 0xFFFF_8000_0000_0000;
    private const ulong KernelText = 0xFFFF_FFFF_8010_0000;
    private const int FirstFlippedBit = 20; // lower ones would lead into the heap of the fuzzer

    private static readonly ulong[] s_bad =
    [
        0, 8, 0xFF8, 0xFFC, 0xFFF, 0x1000, UserEnd - 8, UserEnd - 4, UserEnd, LowHalfEnd - 8, LowHalfEnd - 1, LowHalfEnd,
        0x1234_5678_9ABC_DEF0, DirectMap - 8, DirectMap - 1, DirectMap, DirectMap + 0x10_0000, KernelText, 0xFFFF_C000_0000_0000,
        0xFFFF_D000_0000_0000, BootProtocol.DriverHalf, ulong.MaxValue - 4095, ulong.MaxValue - 7, ulong.MaxValue,
    ];

    public static ulong End => Startup.Block.HeapStart + Startup.Block.HeapLength;

    public static ulong Start => End - Length;

    /// <summary>Half of them lie in the arena, the others where something ends, or nowhere.</summary>
    public static ulong Pointer(CallRandom random)
    {
        switch (random.Below(16))
        {
            case 0:
                return End - random.Below(24); // straddles the end of the heap
            case 1:
            case 2:
                return s_bad[(int)random.Below((ulong)s_bad.Length)] + (random.OneIn(2) ? 0 : random.Below(32));
            case 3:
                return ReadOnly(random);
            case 4:
                return random.Next();
            case 5:
                return Inside(random) ^ (1ul << (FirstFlippedBit + (int)random.Below(64 - FirstFlippedBit)));
            default:
                return Inside(random);
        }
    }

    /// <summary>An address with at least 4 KiB of the arena on either side.</summary>
    public static ulong Inside(CallRandom random) => Start + 4096 + random.Below(Length - 8192);

    /// <summary>Puts a socket address where both pass for its pointer.</summary>
    public static ulong Address(CallRandom random)
    {
        ulong pointer = random.OneIn(8) ? Pointer(random) : Inside(random);
        if (!Holds(pointer, SocketAddress.Size))
            return pointer;
        *(ulong*)pointer = HostOf(random) | (PortOf(random) << 32) | (random.OneIn(8) ? random.Next() << 48 : 0); // SAFETY: inside the arena.
        return pointer;
    }

    /// <summary>Where a call may write an address: never into a buffer from <see cref="Inside"/>, or its guards.</summary>
    public static ulong SenderPointer(CallRandom random)
    {
        ulong pointer = random.OneIn(4) ? Pointer(random) : Start;
        return Holds(pointer, 1) ? Start + random.Below(2048) : pointer;
    }

    /// <summary>Puts a path there; its length.</summary>
    public static int Path(ulong pointer, ReadOnlySpan<byte> path)
    {
        for (int i = 0; i < path.Length; i++)
            *(byte*)(pointer + (ulong)i) = path[i]; // SAFETY: the caller took the pointer from Inside.
        return path.Length;
    }

    /// <summary>An ICMP echo request, so that an echo socket has something right to send now and then.</summary>
    public static void EchoRequest(ulong pointer)
    {
        if (Holds(pointer, 8))
            *(ulong*)pointer = 8; // SAFETY: inside the arena. Type 8, code 0, the rest is put in by the stack.
    }

    public static bool Holds(ulong pointer, ulong length) => pointer >= Start && length <= Length && pointer - Start <= Length - length;

    /// <summary>Marks the bytes before and after a buffer, as far as they are the arena's.</summary>
    public static void SetGuards(ulong pointer, ulong length)
    {
        if (!Holds(pointer - Guard, Guard))
            return;
        for (ulong i = 1; i <= Guard; i++)
            *(byte*)(pointer - i) = GuardByte; // SAFETY: inside the arena, as just checked.
        if (!Holds(pointer, length) || !Holds(pointer + length, Guard))
            return;
        for (ulong i = 0; i < Guard; i++)
            *(byte*)(pointer + length + i) = GuardByte; // SAFETY: the same.
    }

    /// <summary>Nobody has written there.</summary>
    public static bool AreGuardsIntact(ulong pointer, ulong length)
    {
        if (!Holds(pointer - Guard, Guard))
            return true;
        bool isIntact = true;
        for (ulong i = 1; i <= Guard; i++)
            isIntact &= *(byte*)(pointer - i) == GuardByte; // SAFETY: inside the arena.
        if (!Holds(pointer, length) || !Holds(pointer + length, Guard))
            return isIntact;
        for (ulong i = 0; i < Guard; i++)
            isIntact &= *(byte*)(pointer + length + i) == GuardByte; // SAFETY: the same.
        return isIntact;
    }

    private static ulong ReadOnly(CallRandom random)
    {
        fixed (StartupBlock* block = &Startup.Block) // SAFETY: it never moves.
            return random.OneIn(2) ? (ulong)block + random.Below(4096) : RawCalls.Code + random.Below(4096);
    }

    // What is not 10.0.2.2 goes to the gateway, which is that; the machine is cut off from everything else.
    private static ulong HostOf(CallRandom random) => random.Below(12) switch
    {
        0 => 0,
        1 => 0x0A00_020F, // this station
        2 => 0x0A00_024D, // nobody in our network
        3 => 0xFFFF_FFFF,
        4 => 0x0A00_02FF,
        5 => 0x7F00_0001,
        6 => 0xE000_0001,
        7 => (uint)random.Next(),
        _ => 0x0A00_0202,
    };

    private static ulong PortOf(CallRandom random) => random.Below(6) switch
    {
        0 => 0,
        1 => 1,
        2 => 0xFFFF,
        3 => random.Below(0x1_0000),
        _ => 9, // discard
    };
}
