// Interface calls: found once by search, then remembered at the call site. Assembly half: native/runtime.asm. Next: RuntimeExports.cs
using System.Threading;

namespace System.Runtime;

/// <summary>
/// Every interface call site owns a cell of two words {code, interface and slot}. Its first call comes here; the answer is kept in a
/// <see cref="CachedTargets"/> of two types, and the cell then points to the assembly stub that compares and jumps.
/// </summary>
internal static unsafe class InterfaceDispatch
{
    private const int TagMask = 3;
    private const int TagRelative = 3;
    private const int TagIndirectRelative = 2;

    /// <summary>What a cell remembers; the assembly stub knows the first four fields' offsets.</summary>
    private struct CachedTargets
    {
        public MethodTable* FirstType;
        public nint FirstTarget;
        public MethodTable* SecondType;
        public nint SecondTarget;
        public MethodTable* Interface;
        public nint Slot;
        public int IsSecondTaken;
    }

    /// <summary>First call through a cell: resolves, and makes the cell remember.</summary>
    [RuntimeExport("ResolveFirstInterfaceCall")]
    private static nint ResolveFirst(object instance, nint* cell, nint cachedStub)
    {
        CachedTargets* cache = (CachedTargets*)RuntimeHeap.Allocate((nuint)sizeof(CachedTargets));
        cache->Interface = InterfaceOf(cell);
        cache->Slot = SlotOf(cell);
        cache->FirstType = instance._methodTable;
        cache->FirstTarget = Find(instance._methodTable, cache->Interface, (ushort)cache->Slot);
        cell[1] = (nint)cache;
        cell[0] = cachedStub;
        return cache->FirstTarget;
    }

    /// <summary>A type the cell does not remember: it gets the second place, if nobody has taken that yet. Whoever comes third is searched for each time.</summary>
    [RuntimeExport("ResolveOtherInterfaceCall")]
    private static nint ResolveOther(object instance, nint* cell)
    {
        CachedTargets* cache = (CachedTargets*)cell[1];
        nint target = Find(instance._methodTable, cache->Interface, (ushort)cache->Slot);
        // Once only, because a driver thread of the kernel can be interrupted between the two stores.
        if (Interlocked.CompareExchange(ref cache->IsSecondTaken, 1, 0) == 0)
        {
            cache->SecondTarget = target;
            Volatile.Write(ref *(ulong*)&cache->SecondType, (ulong)instance._methodTable);
        }
        return target;
    }

    // A run of cells of one interface method ends in {0, kind<<16 | slot}.
    private static nint SlotOf(nint* cell)
    {
        while (cell[0] != 0)
            cell += 2;
        return (ushort)cell[1];
    }

    private static MethodTable* InterfaceOf(nint* cell)
    {
        nint word = cell[1];
        byte* relative = (byte*)&cell[1] + (int)(word & ~TagMask);
        return (word & TagMask) switch
        {
            TagRelative => (MethodTable*)relative,
            TagIndirectRelative => *(MethodTable**)relative,
            _ => (MethodTable*)(word & ~TagMask),
        };
    }

    private static nint Find(MethodTable* type, MethodTable* wanted, ushort slot)
    {
        for (MethodTable* owner = type; owner != null; owner = owner->RelatedType)
        {
            if (!owner->HasDispatchMap)
                continue;
            nint target = FindInMap(type, owner, wanted, slot);
            if (target != 0)
                return target;
        }
        Panic.Fail("interface method not found");
        return 0;
    }

    // After the interface map come 32-bit self-relative fields: type manager, writable data, dispatch map, [finalizer], [sealed slots].
    // A dispatch map is four counts (instance, default, static, static default), then {interface index, slot, implementation} triples.
    private static nint FindInMap(MethodTable* type, MethodTable* owner, MethodTable* wanted, ushort slot)
    {
        MethodTable** interfaces = MethodTable.Interfaces(owner);
        int* mapField = (int*)(interfaces + owner->InterfaceCount) + 2;
        ushort* map = (ushort*)((byte*)mapField + *mapField);
        int entries = map[0] + map[1];
        for (ushort* entry = map + 4; entries > 0; entries--, entry += 3)
        {
            if (entry[1] != slot || interfaces[entry[0]] != wanted)
                continue;
            if (entry[2] < owner->VirtualSlotCount)
                return MethodTable.VirtualSlots(type)[entry[2]]; // the object's own slot: it may override
            int* sealedField = mapField + (owner->HasFinalizerField ? 2 : 1);
            int* sealedSlot = (int*)((byte*)sealedField + *sealedField) + (entry[2] - owner->VirtualSlotCount);
            return (nint)((byte*)sealedSlot + *sealedSlot);
        }
        return 0;
    }
}
