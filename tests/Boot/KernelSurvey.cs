// Addresses of the kernel's own, found by a driver in ring 1 without keys: Programs/Attacker/Survey.cs. Back to: KeysWallTests.cs
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

namespace RingOS.Tests.Boot;

/// <summary>In the survey's order.</summary>
public enum Place
{
    /// <summary>The saved SS of the driver's own thread: beside it lies the saved CS, which says in which ring it goes on.</summary>
    OwnRegisters,

    /// <summary>The same of another thread.</summary>
    OtherRegisters,
    KernelStack,

    /// <summary>GDT, IDT and TSS, where the processor reads them.</summary>
    Segments,
    Gates,
    TaskState,

    /// <summary>The same memory in the direct map.</summary>
    SegmentsAlias,
    GatesAlias,
    TaskStateAlias,

    /// <summary>Page tables in the direct map: the program's top one, and the entry of a page of the driver's.</summary>
    PageTableRoot,
    OwnPageTable,

    // Not surveyed: symbols of the image, and what can be computed from them.
    KernelData,
    KernelDataAlias,
    KernelText,
    KernelHeap,
    DeviceWindow,
    EntryKeys,
}

/// <summary>One boot; the next one, with keys, has the same things in the same places.</summary>
public sealed class KernelSurvey : IAsyncLifetime
{
    private const ulong DeviceWindows = 0xFFFF_C000_0000_0000; // kernel/boot/KernelMemory.cs; the first is the local APIC's

    private IReadOnlyList<ulong> _found = [];

    public async Task InitializeAsync()
        => _found = (await new Attack("ring1", "survey", TestArchive.AddressOf("entry_state")).RunAsync()).RequireUnharmed().IsNotStopped();

    public Task DisposeAsync() => Task.CompletedTask;

    public ulong AddressOf(Place place) => place switch
    {
        Place.KernelData => Target.Canary,
        Place.KernelDataAlias => Target.InDirectMap(Target.Canary),
        Place.KernelText => TestArchive.AddressOf("syscall_entry"),
        Place.KernelHeap => TestArchive.AddressOf("kernel_heap_end") - sizeof(ulong),
        Place.DeviceWindow => DeviceWindows,
        Place.EntryKeys => TestArchive.AddressOf("entry_keys"),
        _ => _found[(int)place],
    };
}
