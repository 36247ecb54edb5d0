// What may be done with a page, in our words. Next: PageTableEntry.cs
using System;

namespace RingOS.Kernel.Memory;

/// <summary>Permissions and kind of a page. None: the kernel may read and execute it. A page is never both writable and executable.</summary>
[Flags]
public enum PageFlags : uint
{
    None = 0,

    /// <summary>Stores are allowed; only together with <see cref="NoExecute"/>.</summary>
    Writable = 1u << 0,

    /// <summary>Ring 3 may use it; low half only.</summary>
    User = 1u << 1,

    /// <summary>Instructions are never fetched from it.</summary>
    NoExecute = 1u << 2,

    /// <summary>Device registers: every access reaches the device, in order.</summary>
    Uncached = 1u << 3,

    /// <summary>The translation outlives a switch of address space; high half only.</summary>
    Global = 1u << 4,

    /// <summary>The frame goes back to the allocator when its address space ends. The processor ignores this one.</summary>
    Owned = 1u << 5,

    /// <summary>
    /// Which protection key a page of the kernel's half has, 0 to 3: who may touch it while ring 1 runs with keys (arch/x64/ProtectionKeys.cs).
    /// Without that placement, and in pages of ring 3, they mean nothing.
    /// </summary>
    Key1 = 1u << 6,
    Key2 = 1u << 7,
    Key3 = Key1 | Key2,

    /// <summary>The three kinds of memory a program has.</summary>
    UserCode = User,
    UserConstants = User | NoExecute,
    UserData = User | NoExecute | Writable,
}
