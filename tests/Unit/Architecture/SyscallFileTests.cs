// One syscall, one file, one line of the dispatch table. Subjects: lib/Abi/SyscallNumber.cs, kernel/syscalls, SyscallTable.cs.
// Next: LayoutTests.cs
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using Xunit;

namespace RingOS.Tests.Unit.Architecture;

/// <summary>The enum, the folder and the table tell the same story.</summary>
public sealed partial class SyscallFileTests
{
    private static readonly string[] s_helpers = ["Refusal", "Unknown", "UserSocket"];

    public static TheoryData<SyscallNumber> Numbers => [.. Enum.GetValues<SyscallNumber>()];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void EverySyscallIsOnceInTheTable(SyscallNumber number)
    {
        string table = Assert.Single(SourceTree.Files("SyscallTable.cs", "kernel"));
        IEnumerable<Match> lines = TableLine().Matches(SourceTree.Read(table));
        Match line = Assert.Single(lines, line => line.Groups["number"].Value == number.ToString());
        Assert.Equal(FileOf(number), line.Groups["handler"].Value);
    }

    [Fact]
    public void EverySyscallHasItsFileAndEveryFileItsSyscall()
        => Assert.Equal(
            Enum.GetValues<SyscallNumber>().Select(FileOf).Concat(s_helpers).Order(),
            SourceTree.Files("*.cs", "kernel/syscalls").Select(static path => Path.GetFileNameWithoutExtension(path)).Order());

    [Fact]
    public void NumbersAreDenseAndTheTableHasASlotToSpare()
    {
        ILookup<bool, int> numbers = Enum.GetValues<SyscallNumber>().ToLookup(static number => number >= SyscallNumber.Call, static number => (int)number);
        Assert.Equal(Enumerable.Range(0, numbers[false].Count()), numbers[false]);
        Assert.Equal(Enumerable.Range((int)SyscallNumber.Call, numbers[true].Count()), numbers[true]);
        Assert.True(numbers[true].Max() < SyscallTable.Slots - 1, "the last slot is for numbers that do not exist");
    }

    // entry.asm tells them by their numbers: what has no words to answer with must not leave any behind.
    [Fact]
    public void MessagesAndNothingElseAnswerWithWords()
    {
        Assert.Equal(
            [SyscallNumber.Call, SyscallNumber.Receive, SyscallNumber.ReplyReceive],
            Enum.GetValues<SyscallNumber>().Where(static number => number >= SyscallNumber.Call));
        string layout = SourceTree.Read(Assert.Single(SourceTree.Files("layout.inc", "kernel")));
        Assert.Matches($@"FIRST_MESSAGE +equ {(int)SyscallNumber.Call} ", layout);
        Assert.Matches($@"SYSCALL_SLOTS +equ {SyscallTable.Slots} ", layout);
    }

    // The kernel has a class Socket already.
    private static string FileOf(SyscallNumber number) => number == SyscallNumber.Socket ? "OpenSocket" : number.ToString();

    [GeneratedRegex(@"\[\(int\)SyscallNumber\.(?<number>\w+)\] = &(?<handler>\w+)\.Handle;")]
    private static partial Regex TableLine();
}
