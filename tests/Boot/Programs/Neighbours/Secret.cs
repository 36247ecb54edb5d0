// A word of memory that only its owner may see. Next: HeldRegisters.cs
using System.Threading;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Neighbours;

/// <summary>Both programs use the same place in their own heap, far from what is allocated there.</summary>
internal static unsafe class Secret
{
    private const ulong Offset = 0x8_0000;
    private const ulong Mine = 0x1111_2222_3333_4444;
    private const ulong Theirs = 0xFEED_FACE_CAFE_BEEF;
    private const ulong NapNanoseconds = 1_000_000;
    private const int Naps = 50;

    private static ulong Place => Startup.Block.HeapStart + Offset;

    /// <summary>The companion: writes its secret and keeps looking at it.</summary>
    public static int Keep()
    {
        Write(Place, Theirs);
        RingOS.User.Console.Write("secret at "u8);
        RingOS.User.Console.Write(Place);
        RingOS.User.Console.WriteLine(""u8);
        while (Read(Place) == Theirs)
            Clock.Sleep(NapNanoseconds);
        RingOS.User.Console.WriteLine("the secret has changed"u8);
        return 1;
    }

    /// <summary>The program: has a word of its own at the same offset, and then looks for the companion's.</summary>
    public static int Peek()
    {
        Write(Place, Mine);
        for (int nap = 0; nap < Naps; nap++)
            Clock.Sleep(NapNanoseconds);
        if (Read(Place) != Mine)
            return 1;
        RingOS.User.Console.WriteLine("mine is still mine"u8);
        RingOS.User.Console.Write("the secret is "u8);
        RingOS.User.Console.Write(Read(Place + BootProtocol.ProgramSpacing));
        RingOS.User.Console.WriteLine(""u8);
        return 0;
    }

    // SAFETY: the caller's own heap; anything else is the test, and faults.
    private static ulong Read(ulong address) => Volatile.Read(ref *(ulong*)address);

    private static void Write(ulong address, ulong value) => Volatile.Write(ref *(ulong*)address, value);
}
