// ring1-keys: supervisor protection keys deny a driver in ring 1 every page of the kernel but those the processor itself needs while ring 1
// runs. Intel SDM vol. 3, 4.6.2. The attacks: Programs/Attacker. Next: Ring3WallTests.cs
using System.Threading.Tasks;
using RingOS.Host.Iperf;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class KeysWallTests(KernelSurvey survey) : IClassFixture<KernelSurvey>
{
    private const string Keys = "ring1-keys";
    private const long Denied = PageFaultBits.Present | PageFaultBits.ProtectionKey;
    private const long CallGate = 0x60;
    private const int Vector80 = 0x80;

    /// <summary>What ring 1 can neither read nor write.</summary>
    public static TheoryData<Place> DeniedPlaces =>
    [
        Place.KernelData, Place.KernelDataAlias, Place.KernelText, Place.KernelHeap, Place.DeviceWindow, Place.OwnRegisters,
        Place.OtherRegisters, Place.KernelStack, Place.SegmentsAlias, Place.GatesAlias, Place.TaskStateAlias, Place.PageTableRoot,
        Place.OwnPageTable,
    ];

    /// <summary>What it can read, because the processor reads it on ring 1's behalf, and not write.</summary>
    public static TheoryData<Place> ReadablePlaces => [Place.Segments, Place.Gates, Place.TaskState, Place.EntryKeys];

    [Theory]
    [MemberData(nameof(DeniedPlaces))]
    public async Task WhatIsTheKernelsIsDenied(Place place)
    {
        ulong address = survey.AddressOf(place);
        (await new Attack(Keys, "read", address).RunAsync()).IsStoppedByPageFault(Denied);
        (await new Attack(Keys, "write", address).RunAsync()).IsStoppedByPageFault(Denied | PageFaultBits.Write);
    }

    [Theory]
    [MemberData(nameof(ReadablePlaces))]
    public async Task WhatTheProcessorReadsForRing1CannotBeWritten(Place place)
    {
        ulong address = survey.AddressOf(place);
        (await new Attack(Keys, "read", address).RunAsync()).IsNotStopped();
        (await new Attack(Keys, "write", address).RunAsync()).IsStoppedByPageFault(Denied | PageFaultBits.Write);
    }

    // The same attacks where there are no keys: so it is the keys that stop them.
    [Theory]
    [MemberData(nameof(DeniedPlaces))]
    public async Task WithoutKeysNothingOfThisIsDenied(Place place)
        => (await new Attack("ring1", "read", survey.AddressOf(place)).RunAsync()).RequireUnharmed().IsNotStopped();

    // Only the end of the page is in use, and only while ring 1 is being left or entered; so what a driver writes there changes nothing.
    [Fact]
    public async Task TheEntryStackCanBeOverwrittenInVain()
    {
        Attack attack = new(Keys, "fill-entry-stack", TestArchive.AddressOf("entry_stack_end")) { Words = "also=neighbours", Act = "storm" };
        Assert.Equal(0ul, (await attack.RunAsync()).RequireUnharmed().IsNotStopped()[0]);
    }

    [Fact]
    public async Task NothingOfTheKernelsStaysBehindOnTheEntryStack()
    {
        Attack attack = new(Keys, "read-entry-stack", TestArchive.AddressOf("entry_stack_end")) { Words = "also=neighbours", Act = "storm" };
        Assert.Equal(0ul, (await attack.RunAsync()).IsNotStopped()[0]);
    }

    [Fact]
    public async Task TheCallGateIsClosed()
        => (await new Attack(Keys, "call-gate").RunAsync()).IsStoppedBy(Vectors.GeneralProtection, CallGate);

    // The error code names the gate: number * 8 + 2 in the manual, number * 16 + 2 in QEMU up to 7.2.
    [Fact]
    public async Task TheSoftwareInterruptIsClosed()
    {
        AttackRun run = await new Attack(Keys, "int-80").RunAsync();
        run.IsStoppedBy(Vectors.GeneralProtection, run.Run.Fault("nic").Number("ErrorCode") == (Vector80 * 8) + 2 ? (Vector80 * 8) + 2 : (Vector80 * 16) + 2);
    }

    // Whatever the stack pointer is, the kernel does not use it.
    [Theory]
    [InlineData("stack-syscall", false)]
    [InlineData("stack-syscall", true)]
    [InlineData("stack-interrupt", false)]
    [InlineData("stack-interrupt", true)]
    public async Task BadStackPointersDoNoHarm(string attack, bool isNonCanonical)
    {
        ulong stack = isNonCanonical ? Target.NonCanonical : Target.Canary + sizeof(ulong);
        AttackRun run = await new Attack(Keys, attack, stack) { Words = "also=neighbours", Act = "storm" }.RunAsync();
        Assert.Equal(0ul, run.RequireUnharmed().IsNotStopped()[0]);
    }

    [Fact]
    public async Task PushingIntoTheKernelIsDenied()
    {
        AttackRun run = await new Attack(Keys, "stack-push", Target.Canary + sizeof(ulong)).RunAsync();
        Assert.Equal(Target.Canary, run.IsStoppedBy(Vectors.PageFault, Denied | PageFaultBits.Write).Address("Address"));
    }

    [Fact]
    public async Task TheDriverRunsRightUnderAStormOfTimerInterrupts()
    {
        const int Datagrams = 10_000;
        const int Bytes = 1000;
        using IperfServer server = new();
        Guest guest = new($"placement={Keys} also=neighbours -- iperf -c 10.0.2.2 -u -b 0 -n {Datagrams * Bytes} -l {Bytes} -p {server.Port} --json")
        {
            Act = "storm",
        };
        GuestRun run = await guest.RunAsync();
        run.EndsWith(GuestEnding.Success).NeverPrints("KERNEL PANIC");
        IperfReport? report = await server.NextReportAsync(System.TimeSpan.FromSeconds(5));
        Assert.Equal((Datagrams, Datagrams), (report?.Sent, report?.Received));
        Assert.True(run.Event("iperf window").RequiredNumber("Interrupts") > Datagrams / 2);
    }

    [Theory]
    [InlineData("max,-pks")]
    [InlineData("qemu64")]
    [InlineData("max", "smep=off")]
    public async Task ProcessorsWithoutKeysAreRefused(string cpu, string walls = "")
    {
        Guest guest = new($"placement={Keys} {walls} -- hello") { Machine = options => options with { Cpu = cpu } };
        (await guest.RunAsync()).FailsToBoot("this processor has no supervisor protection keys (PKS), or SMEP is not on beside them");
    }
}
