// A command line or boot archive that cannot be used: the machine ends and says why. Next: MachineTypeTests.cs
using System;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Boot;
using RingOS.Host.Machines;
using RingOS.Host.Serial;
using Serilog.Events;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class BootFailureTests
{
    private const string NoSuchProgram = "no such program in the boot archive";
    private const string NoSuchPlacement =
        "no such placement; there are monolithic, software, ring1, ring1-keys, ring3, ring3-queue, microkernel and none";

    private const string Corrupt = "the program's file is corrupt or not a position-independent x86-64 ELF";

    [Theory]
    [InlineData("", "the command line names no program: add \"-- hello\"")]
    [InlineData("placement=none", "the command line names no program: add \"-- hello\"")]
    [InlineData("hello", "the command line names no program: add \"-- hello\"")]
    [InlineData("--", "the command line names no program: add \"-- hello\"")]
    [InlineData("-- nothing", NoSuchProgram)]
    [InlineData("-- ../service/echo", NoSuchProgram)]
    [InlineData("also=nothing -- hello", NoSuchProgram)]
    [InlineData("peer=nothing -- hello", NoSuchProgram)]
    [InlineData("placement=ring4 -- hello", NoSuchPlacement)]
    [InlineData("placement=ring3 nic=ne2000 -- hello", "no such NIC; there is e1000, e1000e, rtl8139, bcm5721")]
    [InlineData("placement=ring3 address=10.0.2 -- hello", "an address is not four numbers with dots")]
    [InlineData("smep=of -- hello", "smep= must be on or off")]
    [InlineData("placement=ring3 smap=0 -- hello", "smap= must be on or off")]
    [InlineData("placement=ring3 service=service/nothing -- hello", "a service of it is missing in the boot archive")]
    public async Task CommandLineThatCannotBeUsedIsExplained(string commandLine, string reason)
        => (await new Guest(commandLine).RunAsync()).FailsToBoot(reason);

    [Fact]
    public async Task NamesAndArgumentsThatAreTooLongAreExplained()
    {
        string longName = new('x', 200);
        (await new Guest($"-- {longName}").RunAsync()).FailsToBoot("the name of the program is too long");
        string arguments = string.Join(' ', Enumerable.Repeat(longName, 25));
        (await new Guest($"-- hello {arguments}").RunAsync()).FailsToBoot("the program's arguments are too long");
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("short")]
    [InlineData("magic")]
    [InlineData("machine")]
    [InlineData("half")]
    [InlineData("ones")]
    [InlineData("text")]
    public async Task CorruptProgramIsExplained(string damage)
    {
        const string Program = "bin/hello";
        Guest guest = new("-- hello") { Change = files => files.With(Program, Damaged(files.ContentOf(Program), damage)) };
        (await guest.RunAsync()).FailsToBoot(Corrupt);
    }

    [Theory]
    [InlineData("ring1", "service/nic-e1000e")]
    [InlineData("ring1-keys", "service/nic-e1000e")]
    [InlineData("ring3", "service/nic-e1000e")]
    [InlineData("ring3-queue", "service/nic-e1000e")]
    [InlineData("microkernel", "service/nic-e1000e")]
    [InlineData("microkernel", "service/net")]
    public async Task MissingOrCorruptServiceIsExplained(string placement, string service)
    {
        Guest guest = new($"placement={placement} -- hello");
        (await (guest with { Change = files => files.With(service, null) }).RunAsync())
            .FailsToBoot("a service of it is missing in the boot archive");
        (await (guest with { Change = files => files.With(service, Damaged(files.ContentOf(service), "half")) }).RunAsync())
            .FailsToBoot("a service of it is corrupt in the boot archive");
    }

    [Fact]
    public async Task NoArchiveIsExplained()
        => (await new Guest("-- hello") { Spoil = static _ => null }.RunAsync()).FailsToBoot(NoSuchProgram);

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(5000)]
    public async Task ArchiveThatIsCutOffIsExplained(int length)
        => (await new Guest("-- syscalls pointers") { Spoil = bytes => bytes[..length] }.RunAsync()).FailsToBoot(NoSuchProgram);

    [Fact]
    public async Task ArchiveOfNoiseIsExplained()
        => (await new Guest("-- hello") { Spoil = static bytes => Noise(bytes.Length) }.RunAsync()).FailsToBoot(NoSuchProgram);

    // What comes before the damage is there all the same.
    [Fact]
    public async Task ProgramBeforeTheDamageStillRuns()
    {
        GuestRun run = await new Guest("-- hello") { Spoil = static bytes => bytes[..^(bytes.Length / 3)] }.RunAsync();
        run.EndsWith(GuestEnding.Success).Prints("Hello from ring 3!");
    }

    private static byte[] Damaged(byte[] elf, string damage)
    {
        const int MachineOffset = 18; // e_machine
        byte[] copy = [.. elf];
        switch (damage)
        {
            case "empty":
                return [];
            case "short":
                return copy[..40];
            case "magic":
                copy[0] ^= 1;
                return copy;
            case "machine":
                copy[MachineOffset] ^= 1;
                return copy;
            case "half":
                return copy[..(copy.Length / 2)];
            case "ones":
                Array.Fill(copy, (byte)0xFF);
                return copy;
            default:
                return "#!/bin/sh\necho hello\n"u8.ToArray();
        }
    }

    private static byte[] Noise(int length)
    {
        byte[] noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }
}

/// <summary>The assertion of boots that must fail.</summary>
internal static class BootFailureAssertions
{
    /// <summary>The machine ended with BootFailed after one error that gives this reason.</summary>
    public static void FailsToBoot(this GuestRun run, string reason)
    {
        run.EndsWith(GuestEnding.BootFailed);
        LogEvent error = run.Events.Last(static logged => logged.Level == LogEventLevel.Error);
        Assert.Equal(reason, error.Word("Reason"));
    }
}
