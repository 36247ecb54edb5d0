// A service whose ELF file has as many segments as one may have: its slot in the kernel's half remembers them all, and gives them all back.
// Subjects: kernel/loader/ElfImage.cs, kernel/memory/DriverSlot.cs. Table of limits: docs/limits.md. Back to: ServiceGrantTests.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using RingOS.Host.Machines;
using Xunit;

namespace RingOS.Tests.Boot;

public sealed class ManySegmentsTests
{
    private const string Service = "service/nic-e1000e-faulty";
    private const int MostHeaders = 64;

    [Theory]
    [InlineData("ring1")]
    [InlineData("ring1-keys")]
    [InlineData("ring3")]
    public async Task AServiceOfTheMostSegmentsRunsDiesAndComesBack(string placement)
    {
        using DatagramSink sink = new();
        GuestRun run = await new Guest($"placement={placement} service={Service} fault=exit,after=20 restarts=2 watchdog=50 -- syscalls restarting-network {sink.Port} 50")
        {
            Change = static files => files.With(Service, WithMostSegments(files.ContentOf(Service))),
        }.RunAsync();
        run.NeverPrints("KERNEL PANIC").NeverPrints("FAILED").EndsWith(GuestEnding.Success).Prints("taken 50");
        Assert.Equal(2, run.Events.Count(static logged => logged.MessageTemplate.Text.StartsWith("the NIC has a driver again", StringComparison.Ordinal)));
    }

    // Behind what is loadable come words in pages of their own, and the table moves to the end of the file.
    private static byte[] WithMostSegments(byte[] elf)
    {
        List<byte[]> headers = [.. Headers(elf).Where(static header => KindOf(header) is 1 or 2)]; // PT_LOAD, PT_DYNAMIC
        ulong end = headers.Max(static header => Word(header, 16) + Word(header, 40)); // p_vaddr + p_memsz
        while (headers.Count < MostHeaders)
        {
            end = (end + 0x1FFF) & ~0xFFFul;
            headers.Add(Segment(end));
        }
        byte[] result = [.. elf, .. headers.SelectMany(static header => header)];
        BinaryPrimitives.WriteUInt64LittleEndian(result.AsSpan(0x20), (ulong)elf.Length); // e_phoff
        BinaryPrimitives.WriteUInt16LittleEndian(result.AsSpan(0x38), MostHeaders); // e_phnum
        return result;
    }

    private static byte[] Segment(ulong address)
    {
        byte[] header = new byte[56];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 1); // PT_LOAD
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), 6); // readable, writable
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), address);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(40), 8); // p_memsz
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(48), 4096);
        return header;
    }

    private static IEnumerable<byte[]> Headers(byte[] elf)
    {
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(0x20));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(0x38));
        return Enumerable.Range(0, count).Select(index => elf[(table + (index * 56))..(table + ((index + 1) * 56))]);
    }

    private static uint KindOf(byte[] header) => BinaryPrimitives.ReadUInt32LittleEndian(header);

    private static ulong Word(byte[] header, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(offset));
}
