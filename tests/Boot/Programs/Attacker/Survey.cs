// Where the kernel keeps what an attacker would like to have: found in ring 1 without keys, which may read it all, and then attacked with
// keys in force. Layouts: kernel/arch/x64/entry.asm (entry_state), RegisterArea.cs, DescriptorTables.cs. Back to: Attack.cs
using System;

namespace RingOS.Test.Attacker;

/// <summary>Addresses, in the order of Place in tests/Boot/KernelSurvey.cs.</summary>
/// <param name="entryState">The symbol of that name.</param>
internal sealed unsafe class Survey(ulong entryState)
{
    private const ulong DirectMap = 0xFFFF_8000_0000_0000;
    private const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    private const ulong Large = 1 << 7;
    private const ulong PageSize = 4096;

    // Of entry_state.
    private const ulong RegistersEnd = 0;
    private const ulong TaskState = 48;
    private const ulong Root = 56;

    // Of a register area.
    private const ulong RegistersEndInArea = 432;
    private const ulong ContextInArea = 448;
    private const ulong KernelStackInContext = 8;
    private const ulong RegistersEndInContext = 16;

    public void Fill(Span<ulong> places, ulong ownPage)
    {
        ulong registers = Read(entryState + RegistersEnd);
        ulong task = Read(entryState + TaskState);
        places[0] = registers - sizeof(ulong);
        places[1] = OtherArea(registers - RegistersEndInArea) + RegistersEndInArea - sizeof(ulong);
        places[2] = Read(registers - RegistersEndInArea + ContextInArea + KernelStackInContext) - sizeof(ulong);
        places[3] = task - (2 * PageSize);
        places[4] = task - PageSize;
        places[5] = task;
        places[6] = Alias(places[3]);
        places[7] = Alias(places[4]);
        places[8] = Alias(task);
        places[9] = DirectMap + Read(entryState + Root);
        places[10] = EntryOf(ownPage);
    }

    // SAFETY: none; that ring 1 may is what is shown.
    private static ulong Read(ulong address) => *(ulong*)address;

    // The nearest one before it: an area says in its context where its registers end.
    private static ulong OtherArea(ulong own)
    {
        ulong area = own - PageSize;
        while (Read(area + ContextInArea + RegistersEndInContext) != area + RegistersEndInArea)
            area -= PageSize;
        return area;
    }

    private ulong Alias(ulong address) => DirectMap + (Read(EntryOf(address)) & AddressMask) + (address % PageSize);

    // Where the direct map shows the page-table entry of an address.
    private ulong EntryOf(ulong address)
    {
        ulong table = Read(entryState + Root);
        for (int shift = 39; ; shift -= 9)
        {
            ulong entry = DirectMap + (table & AddressMask) + (((address >> shift) & 511) * sizeof(ulong));
            if (shift == 12 || (Read(entry) & Large) != 0)
                return entry;
            table = Read(entry);
        }
    }
}
