// A driver may go outwards, to rings with fewer rights, and take flags and selectors along: it gains nothing, and the kernel takes no
// harm by where it finds the driver at the next interrupt or request. Intel SDM vol. 3, 5.8.6. The attacks: Programs/Attacker/WaysOut.asm.
// Next: RingTests.cs
using System.Collections.Generic;
using System.Threading.Tasks;
using RingOS.Host.Serial;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class WaysOutTests
{
    private const string Ring1 = "ring1";
    private const string Keys = "ring1-keys";
    private const string Ring3 = "ring3";
    private const long Ring2Code = 0x40;
    private const long FetchOfSupervisorPage = PageFaultBits.Present | PageFaultBits.User | PageFaultBits.Fetch;

    private const ulong InterruptFlag = 1 << 9;
    private const ulong Trap = 1 << 8;
    private const ulong Direction = 1 << 10;
    private const ulong PrivilegeLevel = 3 << 12;
    private const ulong NestedTask = 1 << 14;
    private const ulong Resume = 1 << 16;
    private const ulong Virtual8086 = 1 << 17;
    private const ulong AlignmentCheck = 1 << 18;
    private const ulong VirtualInterrupts = 3 << 19;
    private const ulong Identification = 1 << 21;

    // Rings 1 and 2 are alike to page tables and keys. A request brings it back to its own ring.
    [Theory]
    [InlineData(Ring1, "iretq-to-ring-2")]
    [InlineData(Ring1, "retf-to-ring-2")]
    [InlineData(Keys, "iretq-to-ring-2")]
    [InlineData(Keys, "retf-to-ring-2")]
    public async Task ADriverMayGoToRing2AndComesBackByARequest(string placement, string attack)
        => Assert.Equal(0x21ul, (await Storm(placement, attack).RunAsync()).RequireUnharmed().IsNotStopped()[0]);

    // QEMU up to 7.2 reads the frame with the kernel's rights, which SMAP refuses.
    [Theory]
    [InlineData("iretq-to-ring-2")]
    [InlineData("retf-to-ring-2")]
    public async Task FromRing3NoReturnLeadsToRing2(string attack)
    {
        AttackRun run = await new Attack(Ring3, attack).RunAsync();
        if (run.Run.Fault("nic").Number("Vector") == Vectors.PageFault)
            run.IsStoppedBy(Vectors.PageFault, PageFaultBits.Present);
        else
            run.IsStoppedBy(Vectors.GeneralProtection, Ring2Code);
    }

    // Its own pages are not ring 3's.
    [Theory]
    [InlineData(Ring1, "iretq-to-ring-3")]
    [InlineData(Ring1, "retf-to-ring-3")]
    [InlineData(Keys, "iretq-to-ring-3")]
    [InlineData(Keys, "retf-to-ring-3")]
    public async Task InRing3ADriverHasNoCode(string placement, string attack)
        => (await Storm(placement, attack).RunAsync()).IsStoppedBy(Vectors.PageFault, FetchOfSupervisorPage, ring: 3);

    // The code of the program whose address space is loaded: what it requests there it requests as itself, and comes back to its own ring.
    [Theory]
    [InlineData(Ring1, "iretq-to-ring-3")]
    [InlineData(Keys, "iretq-to-ring-3")]
    [InlineData(Keys, "retf-to-ring-3")]
    public async Task RequestsFromAProgramsCodeAreTheDriversOwn(string placement, string attack)
        => (await Storm(placement, attack, Target.InProgram("syscall_stub3")).RunAsync()).IsLost();

    // Interrupted there for as long as it is waited for.
    [Theory]
    [InlineData(Ring1)]
    [InlineData(Keys)]
    public async Task ADriverThatStaysInAProgramsCodeIsEndedForItsSilence(string placement)
        => (await Storm(placement, "iretq-to-ring-3", Target.InProgram("endless")).RunAsync()).IsLost();

    [Theory]
    [InlineData(Ring1, "iretq-flags")]
    [InlineData(Keys, "iretq-flags")]
    [InlineData(Keys, "popf-flags")]
    [InlineData(Ring3, "popf-flags")]
    public async Task FlagsGiveNoRights(string placement, string attack)
    {
        const ulong All = Direction | PrivilegeLevel | NestedTask | Resume | Virtual8086 | AlignmentCheck | VirtualInterrupts | Identification;
        ulong flags = (await Storm(placement, attack, All).RunAsync()).RequireUnharmed().IsNotStopped()[0];
        Assert.Equal(InterruptFlag, flags & (InterruptFlag | PrivilegeLevel | Virtual8086 | VirtualInterrupts));
    }

    [Theory]
    [InlineData(Ring1, "iretq-flags")]
    [InlineData(Keys, "iretq-flags")]
    [InlineData(Ring3, "popf-flags")]
    public async Task TheTrapFlagIsTheDriversOwnAffair(string placement, string attack)
        => (await Storm(placement, attack, Trap).RunAsync()).IsStoppedBy(Vectors.Debug, 0);

    [Theory]
    [InlineData(Ring1)]
    [InlineData(Keys)]
    public async Task ANullStackSegmentDoesNoHarm(string placement)
        => Assert.Equal(0ul, (await Storm(placement, "null-stack-segment").RunAsync()).RequireUnharmed().IsNotStopped()[0]);

    public static TheoryData<string, string> ShieldedSteps
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string placement in (IEnumerable<string>)[Ring1, Keys, Ring3])
            {
                foreach (string way in (IEnumerable<string>)["syscall", "int-80", "int3", "gate"])
                    all.Add(placement, "step-shielded-" + way);
            }
            return all;
        }
    }

    // Whether the step is lost or comes after the request is the processor's choice; it never comes in the kernel.
    [Theory]
    [MemberData(nameof(ShieldedSteps))]
    public async Task AShieldedStepDoesNotComeInTheKernel(string placement, string attack)
    {
        AttackRun run = await new Attack(placement, attack).RunAsync();
        if (run.Delivered == 0)
            run.IsLost();
        else
            run.RequireUnharmed().IsNotStopped();
    }

    private static Attack Storm(string placement, string attack, ulong address = 0) => new(placement, attack, address) { Words = "also=neighbours", Act = "storm" };
}
