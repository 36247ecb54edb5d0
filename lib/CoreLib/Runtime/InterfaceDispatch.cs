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
    private const int MapHeaderWords = 4;
    private const int EntryWords = 3;
    private const ushort FirstSpecialSlot = 0xFFFE; // ambiguous, or abstract again

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

    // ECMA-335 II.12.2: what a class or its bases implement comes before what interfaces bring along; on each, the very interface comes
    // before one that varies.
    private static nint Find(MethodTable* type, MethodTable* wanted, ushort slot)
    {
        nint target = FindInBases(type, wanted, slot, isDefault: false);
        if (target == 0)
            target = FindInBases(type, wanted, slot, isDefault: true);
        if (target == 0)
            Panic.Fail("interface method not found");
        return target;
    }

    private static nint FindInBases(MethodTable* type, MethodTable* wanted, ushort slot, bool isDefault)
    {
        for (MethodTable* owner = type; owner != null; owner = owner->IsCanonical ? owner->RelatedType : null)
        {
            if (!owner->HasDispatchMap)
                continue;
            ushort* entry = FindEntry(owner, wanted, slot, isDefault, isVariant: false);
            if (entry == null && wanted->HasVariance)
                entry = FindEntry(owner, wanted, slot, isDefault, isVariant: true);
            if (entry != null)
                return TargetOf(type, owner, entry[2]);
        }
        return 0;
    }

    // {interface index, slot, implementation}, or null.
    private static ushort* FindEntry(MethodTable* owner, MethodTable* wanted, ushort slot, bool isDefault, bool isVariant)
    {
        MethodTable** interfaces = MethodTable.Interfaces(owner);
        ushort* map = MethodTable.DispatchMap(owner);
        ushort* entry = map + MapHeaderWords + (isDefault ? map[0] * EntryWords : 0);
        for (int entries = map[isDefault ? 1 : 0]; entries > 0; entries--, entry += EntryWords)
        {
            if (entry[1] != slot)
                continue;
            MethodTable* candidate = interfaces[entry[0]];
            if (candidate == wanted || (isVariant && TypeRelation.IsVariantOf(candidate, wanted)))
                return entry;
        }
        return null;
    }

    private static nint TargetOf(MethodTable* type, MethodTable* owner, ushort implementation)
    {
        if (implementation >= FirstSpecialSlot)
            Panic.Fail("interface method without one implementation");
        return implementation < owner->VirtualSlotCount
            ? MethodTable.VirtualSlots(type)[implementation] // the object's own slot: it may override
            : MethodTable.SealedSlot(owner, implementation - owner->VirtualSlotCount);
    }
}
