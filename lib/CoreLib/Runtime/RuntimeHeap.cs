// `new`: a pointer that only moves up. Images allocate while they start; nothing is ever freed. Next: RuntimeStartup.cs
using System.Threading;

namespace System.Runtime;

/// <summary>The heap of an image. Exhaustion is a panic, so hot paths use pools made at start-up.</summary>
static unsafe partial class RuntimeHeap
{
    private const nuint Alignment = 16;
    private const nuint HeaderSize = 8; // the word before an object, which locks and hash codes use elsewhere

    private static byte* s_next;
    private static byte* s_end;

    /// <summary>Gives the image its heap, before the first <c>new</c> and before <see cref="RuntimeStartup.InitializeModules"/>.</summary>
    /// <param name="start">Address, 16-aligned, of writable memory.</param>
    /// <param name="length">Bytes.</param>
    public static void Initialize(ulong start, ulong length)
    {
        s_next = (byte*)start;
        s_end = s_next + length;
    }

    /// <summary>Bytes still free.</summary>
    public static ulong Available => (ulong)(s_end - s_next);

    internal static void* Allocate(nuint size)
    {
        size = (size + Alignment - 1) & ~(Alignment - 1);
        byte* block = Take(size);
        for (nuint i = 0; i < size; i += 8)
            *(ulong*)(block + i) = 0;
        return block;
    }

    // In one step, because a driver thread of the kernel can be interrupted anywhere.
    private static byte* Take(nuint size)
    {
        for (; ; )
        {
            byte* block = s_next;
            if (size > (nuint)(s_end - block))
                Panic.Fail("out of heap");
            fixed (byte** next = &s_next)
            {
                if (Interlocked.CompareExchange(ref *(long*)next, (long)(block + size), (long)block) == (long)block)
                    return block;
            }
        }
    }

    internal static object NewObject(MethodTable* type)
    {
        byte* instance = AllocateObject(type, type->BaseSize);
        return *(object*)&instance;
    }

    [RuntimeExport("RhpNewFast")]
    private static byte* NewFast(MethodTable* type) => AllocateObject(type, type->BaseSize);

    [RuntimeExport("RhpNewFinalizable")]
    private static byte* NewFinalizable(MethodTable* type) => AllocateObject(type, type->BaseSize);

    [RuntimeExport("RhpNewArrayFast")]
    private static byte* NewArray(MethodTable* type, nint length)
    {
        if ((nuint)length > int.MaxValue)
            Panic.Fail("array length out of range");
        byte* array = AllocateObject(type, type->BaseSize + (nuint)length * type->ComponentSize);
        *(int*)(array + sizeof(nint)) = (int)length;
        return array;
    }

    [RuntimeExport("RhpNewPtrArrayFast")]
    private static byte* NewPointerArray(MethodTable* type, nint length) => NewArray(type, length);

    private static byte* AllocateObject(MethodTable* type, nuint size)
    {
        byte* instance = (byte*)Allocate(size + HeaderSize) + HeaderSize;
        *(MethodTable**)instance = type;
        return instance;
    }
}
