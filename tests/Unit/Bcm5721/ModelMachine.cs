// The model alone, programmed register by register with numbers from the datasheet, so that driver and model cannot err together.
// Next: ConfigurationTests.cs
using System;
using System.Linq;
using RingOS.Devices;
using RingOS.Devices.Bcm5721;

namespace RingOS.Tests.Unit.Bcm5721;

/// <summary>Send ring at 0, standard ring at 0x800, return ring at 0x1800, status block at 0x2800 of descriptor memory; 64 entries each.</summary>
public sealed class ModelMachine : IDisposable
{
    public const ulong SendRing = GuestMemory.DmaAddress;
    public const ulong StandardRing = SendRing + 0x800;
    public const ulong ReturnRing = SendRing + 0x1800;
    public const ulong StatusBlock = SendRing + 0x2800;
    public const ulong Buffers = GuestMemory.PacketsAddress;

    public const uint SendProducer = 0x304;
    public const uint StandardProducer = 0x26C;
    public const uint ReturnConsumer = 0x284;
    public const uint InterruptMailbox = 0x204;

    private const uint Entries = 64;
    private static readonly uint[] s_blocks =
        [0x3000, 0x2000, 0x4C00, 0x4800, 0x2800, 0x1000, 0x1C00, 0x2C00, 0x2400, 0x0C00, 0x1800, 0x1400, 0x45C, 0x468];

    public ModelMachine()
    {
        Device = new Bcm5721Device(Bcm5721Machine.StationAddress, Memory, Port);
        Port.Tell = Device.OnTransmitted;
    }

    public GuestMemory Memory { get; } = new(64);

    public TestPort Port { get; } = new();

    public Bcm5721Device Device { get; }

    /// <summary>What must be on for a frame to move, besides bus mastering, link and rings.</summary>
    public static uint[] Blocks => [.. s_blocks, 0x4000, 0x4400];

    public uint this[uint offset]
    {
        get => Device.ReadRegister(0, offset, 4);
        set => Device.WriteRegister(0, offset, value, 4);
    }

    public static ModelMachine Running(uint maximumFrames = 1, uint ticks = 0)
    {
        var machine = new ModelMachine();
        machine.Start(maximumFrames, ticks);
        return machine;
    }

    public void Start(uint maximumFrames, uint ticks)
    {
        Device.WriteConfiguration(0x04, 6, 2);
        Device.WriteConfiguration(0x4C, 0xFEE0_1000, 4);
        Device.WriteConfiguration(0x54, 0x51, 2);
        Device.WriteConfiguration(0x4A, 1, 2);
        Device.SetLink(true, 100, isFullDuplex: false);
        this[0x68] = 0x288; // tagged status, indirect access, word swap
        SetControlBlock(0x100, SendRing, Entries << 16);
        SetControlBlock(0x200, ReturnRing, Entries << 16);
        (this[0x2450], this[0x2454]) = Halves(StandardRing);
        this[0x2458] = Entries << 16;
        (this[0x3C38], this[0x3C3C]) = Halves(StatusBlock);
        (this[0x3C08], this[0x3C0C], this[0x3C10], this[0x3C14]) = (ticks, ticks, maximumFrames, maximumFrames);
        this[0x3C00] = 2;
        this[0x6800] = 0x0403_0034;
        this[0x6000] = 2;
        this[0x404] = 1 << 12; // the link is no news
        this[0x408] = 1 << 12;
        this[0x400] = 0x00E0_0006;
        foreach (uint block in Blocks)
            this[block] = 2;
        Memory.Descriptors.Clear();
    }

    public uint Sram(uint address)
    {
        this[0x7C] = address;
        return this[0x84];
    }

    public void SetSram(uint address, uint value) => (this[0x7C], this[0x84]) = (address, value);

    public void SetControlBlock(uint block, ulong ring, uint entriesAndFlags)
    {
        SetSram(block, (uint)(ring >> 32));
        SetSram(block + 4, (uint)ring);
        SetSram(block + 8, entriesAndFlags);
    }

    /// <summary>Writes a send descriptor; flag 4 marks the last of a frame.</summary>
    public void Describe(uint index, ulong address, int length, uint flags = 4)
        => Memory.Write32(SendRing + index * 16, (uint)(address >> 32), (uint)address, ((uint)length << 16) | flags, 0);

    /// <summary>Fills a send descriptor and moves the producer past it.</summary>
    public void Send(uint index, int length = 100)
    {
        Describe(index, Buffers + index * 2048, length);
        this[SendProducer] = (index + 1) % Entries;
    }

    public void Lend(uint index, ulong address, int length = 1518)
    {
        Memory.Write32(StandardRing + index * 32, (uint)(address >> 32), (uint)address, (uint)length, 0, 0, 0, 0, 0xABCD_0000 | index);
        this[StandardProducer] = (index + 1) % Entries;
    }

    public uint Status => Memory.Read32(StatusBlock);

    public uint Tag => Memory.Read32(StatusBlock + 4);

    public uint SendConsumer => Memory.Read32(StatusBlock + 0x10) >> 16;

    public uint ReturnProducer => Memory.Read32(StatusBlock + 0x10) & 0xFFFF;

    public uint[] Returned(uint index)
        => [.. Enumerable.Range(0, 8).Select(word => Memory.Read32(ReturnRing + index * 32 + (ulong)word * 4))];

    public void Finish(TransmitEnd end = TransmitEnd.Sent, int collisions = 0, bool wasDeferred = false)
        => Port.Finish(new TransmitResult(end, collisions, wasDeferred));

    public void Dispose() => Memory.Dispose();

    private static (uint High, uint Low) Halves(ulong address) => ((uint)(address >> 32), (uint)address);
}
