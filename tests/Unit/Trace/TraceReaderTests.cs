// The log as QEMU 7.2 writes it, whole and damaged. Code: tools/RingOS.Trace/TraceReader.cs. Next: SymbolMapTests.cs
using System;
using System.IO;
using System.Text;
using RingOS.Trace;
using Xunit;
using static RingOS.Tests.Unit.Trace.SyntheticTrace;

namespace RingOS.Tests.Unit.Trace;

public class TraceReaderTests
{
    private const ulong A = 0xFFFF_FFFF_8010_0040;
    private const ulong B = 0x10_0000_1234;

    [Fact]
    public void ReadsAddressesAndLevels()
    {
        ExecutionTrace trace = Read(Line(A) + Line(B, 3) + Line(0x7FFF_FFFF_F000, 1));
        Assert.Equal(3, trace.Count);
        Assert.Equal(new TracedInstruction(A, 0), trace[0]);
        Assert.Equal(new TracedInstruction(B, 3), trace[1]);
        Assert.Equal(new TracedInstruction(0x7FFF_FFFF_F000, 1), trace[2]);
    }

    [Fact]
    public void ReadsALineAsQemuWroteIt()
    {
        ExecutionTrace trace = Read("Trace 0: 0x7f76ac42bd00 [0000000000000000/0000000000100020/000000b0/ff020201] start32\n");
        Assert.Equal(new TracedInstruction(0x100020, 0), trace[0]);
    }

    [Fact]
    public void SkipsOtherLogLines()
    {
        string others = "Servicing hardware INT=0x40\nEAX=00000000 EBX=00000000\n\nguest_errors: a device says Trace 0: no\n";
        Assert.Equal(2, Read(others + Line(A) + others + Line(B) + others).Count);
    }

    [Fact]
    public void AnAccessToADeviceIsAnnouncedTwiceAndCountedOnce()
    {
        string rewound = $"cpu_io_recompile: rewound execution of TB to {A:x16}\n";
        ExecutionTrace trace = Read(Line(B) + Line(A) + rewound + Line(A) + Line(B));
        Assert.Equal([B, A, B], Addresses(trace));
    }

    [Fact]
    public void AnInstructionStoppedBeforeItRanIsDropped()
    {
        string stopped = $"Stopped execution of TB chain before 0x7fcb5401c2c0 [{A:x16}] interrupt_entry\n";
        Assert.Equal([A, A, B], Addresses(Read(Line(A) + Line(A) + stopped + Line(A) + Line(B))));
    }

    [Fact]
    public void AnInterruptMayComeBeforeTheSecondAnnouncement()
    {
        string rewound = $"cpu_io_recompile: rewound execution of TB to {A:x16}\n";
        Assert.Equal([B, A], Addresses(Read(Line(A) + rewound + Line(B) + Line(A) + rewound + Line(A))));
    }

    [Fact]
    public void OneAnnouncementIsTakenBackOnce()
    {
        string stopped = $"Stopped execution of TB chain before 0x7fcb5401c2c0 [{A:x16}] \n";
        Assert.Equal([A], Addresses(Read(Line(A) + Line(A) + stopped + stopped)));
    }

    [Fact]
    public void WhatIsTakenBackOutsideTheFilterChangesNothing()
    {
        string stopped = $"Stopped execution of TB chain before 0x7fcb5401c2c0 [{B:x16}] \n";
        Assert.Equal([A], Addresses(Read(stopped + Line(A) + stopped)));
    }

    [Theory]
    [InlineData("0e", 0, 1)]
    [InlineData("00", 0, 1)]
    [InlineData("06", 0, 2)]
    [InlineData("40", 0, 2)]
    [InlineData("0e", 1, 2)]
    public void AFaultTakesItsInstructionBack(string vector, int software, int expected)
    {
        string fault = $"     2: v={vector} e=0000 i={software} cpl=0 IP=0008:{A:x16} pc={A:x16} SP=0010:0000000000090000 CR2=0\n";
        Assert.Equal(expected, Read(Line(A) + fault + Line(B)).Count);
    }

    [Fact]
    public void ALastLineCutShortIsForgiven()
    {
        string second = Line(B);
        for (int length = 0; length < second.Length; length++)
        {
            int expected = second[..length].Contains(']', StringComparison.Ordinal) ? 2 : 1;
            Assert.Equal(expected, Read(Line(A) + second[..length]).Count);
        }
    }

    [Theory]
    [InlineData("Trace 0: 0x7f76ac42bd00 [0000000000000000/00000000001000")]
    [InlineData("Trace 0: 0x7f76ac42bd00 [00000000/00100020/000000b0/ff020201]")]
    [InlineData("Trace 0: 0x7f76ac42bd00 [0000000000000000/00000000001000zz/000000b0/ff020201]")]
    [InlineData("Trace 0: 0x7f76ac42bd00 [0000000000000000/0000000000100020/00000xb0/ff020201]")]
    [InlineData("Trace 0: 0x7f76ac42bd00 0000000000000000")]
    public void ADamagedLineIsAnErrorWithItsNumber(string damaged)
    {
        TraceFormatException error = Assert.Throws<TraceFormatException>(() => Read(Line(A) + damaged + "\n" + Line(B)));
        Assert.Contains("Line 2 ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("IN: \n0x00100020:  mov esp, 0x90000\n")]
    public void ALogWithoutTraceLinesSaysWhatToDo(string log)
    {
        TraceFormatException error = Assert.Throws<TraceFormatException>(() => Read(log));
        Assert.Contains("-singlestep -d exec,nochain", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALogTooLongIsRefused()
    {
        byte[] log = Encoding.ASCII.GetBytes(Line(A) + Line(A) + Line(A));
        Assert.Equal(3, TraceReader.Read(new MemoryStream(log), 3).Count);
        Assert.Throws<TraceFormatException>(() => TraceReader.Read(new MemoryStream(log), 2));
    }

    [Fact]
    public void LinesMayBeDividedAnywhereBetweenReads()
    {
        byte[] log = Encoding.ASCII.GetBytes(Line(A) + "other\n" + Line(B, 3) + Line(A));
        ExecutionTrace trace = TraceReader.Read(new Trickle(log));
        Assert.Equal([A, B, A], Addresses(trace));
    }

    [Fact]
    public void ReadsALogOfManyBlocks()
    {
        StringBuilder log = new("a line of another length: block ends fall inside addresses\n");
        for (ulong i = 0; i < 30_000; i++)
            log.Append(Line(A + i, (int)(i & 3)));
        ExecutionTrace trace = Read(log.ToString());
        Assert.Equal(30_000, trace.Count);
        for (int i = 0; i < trace.Count; i++)
            Assert.Equal(new TracedInstruction(A + (ulong)i, i & 3), trace[i]);
    }

    private static ulong[] Addresses(ExecutionTrace trace)
    {
        ulong[] addresses = new ulong[trace.Count];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = trace.AddressAt(i);
        return addresses;
    }

    /// <summary>Gives one byte a read, as a pipe may.</summary>
    private sealed class Trickle(byte[] content) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
