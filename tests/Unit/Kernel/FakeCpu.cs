// The table of assembly routines, in C#: ports, the clock, copies. Cpu is static, so whoever uses it is in this collection.
// Subject: kernel/arch/x64/CpuOperations.cs. Next: HostedKernel.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Memory;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[CollectionDefinition(Name)]
public sealed class CpuCollection
{
    public const string Name = "Cpu";
}

/// <summary>The kernel has switched the machine off.</summary>
internal sealed class MachineOffException(GuestExit reason) : Exception($"the machine ended with {reason}")
{
    public GuestExit Reason { get; } = reason;
}

/// <summary>What instructions outside C# do on the machine of a test. "User" memory is the host's own.</summary>
internal sealed unsafe class FakeCpu : IDisposable
{
    private const ulong LongestCopy = 1 << 20;
    private const ushort SerialData = 0x3F8;
    private const ushort SerialStatus = 0x3FD;
    private const ushort CmosIndex = 0x70;
    private const ushort CmosData = 0x71;
    private const ushort PciAddress = 0xCF8;
    private const ushort PciData = 0xCFC;

    private static FakeCpu s_current = null!;

    private readonly CpuOperations* _operations = (CpuOperations*)NativeMemory.AllocZeroed((nuint)sizeof(CpuOperations));
    private readonly EntryState* _entry = (EntryState*)NativeMemory.AllocZeroed((nuint)sizeof(EntryState));
    private readonly ulong* _entryStack = (ulong*)NativeMemory.AllocZeroed((nuint)Page.Size);
    private readonly ReachableState* _reachable = (ReachableState*)NativeMemory.AllocZeroed((nuint)sizeof(ReachableState));
    private readonly ulong* _canary = (ulong*)NativeMemory.AllocZeroed(sizeof(ulong));
    private byte _cmosRegister;
    private uint _pciAddress;

    public FakeCpu()
    {
        _operations->In8 = &In8;
        _operations->Out8 = &Out8;
        _operations->In32 = &In32;
        _operations->Out32 = &Out32;
        _operations->ReadTimeStamp = &ReadTimeStamp;
        _operations->LoadPageTableRoot = &LoadPageTableRoot;
        _operations->ReadControl3 = &ReadControl3;
        _operations->ReadFaultAddress = &ReadFaultAddress;
        _operations->CopyUser = &CopyUser;
        _operations->EnableInterrupts = &ChangeInterrupts;
        _operations->DisableInterrupts = &ChangeInterrupts;
        _operations->ReadControl0 = &ReadControl0;
        _operations->ReadFramePointer = &ReadFramePointer;
        _operations->HaltUntilInterrupt = &HaltUntilInterrupt;
        _operations->Halt = &HaltUntilInterrupt;
        _operations->EntryState = _entry;
        _operations->Reachable = _reachable;
        _operations->EntryStackEnd = (ulong)_entryStack + Page.Size;
        _operations->Canary = _canary;
        Revive();
        s_current = this;
        Cpu.Attach(_operations);
    }

    /// <summary>Writes to ports that are not the serial line's, in order.</summary>
    public List<(ushort Port, uint Value)> Writes { get; } = [];

    /// <summary>What the kernel wrote to the serial line.</summary>
    public StringBuilder Serial { get; } = new();

    /// <summary>What somebody types.</summary>
    public Queue<byte> Typed { get; } = new();

    public bool IsSerialStuck { get; set; }

    /// <summary>How often the serial line is asked in vain before each byte that it takes.</summary>
    public int SerialDelay { get; set; }

    /// <summary>How often it was asked since the last byte.</summary>
    public int SerialPolls { get; set; }

    /// <summary>In-service registers of the two interrupt controllers.</summary>
    public byte MasterInService { get; set; }

    public byte SlaveInService { get; set; }

    /// <summary>Registers of the battery-backed clock.</summary>
    public byte[] Cmos { get; } = new byte[128];

    /// <summary>Configuration space of bus 0, by device and register.</summary>
    public Dictionary<(int Device, int Register), uint> Pci { get; } = [];

    /// <summary>Runs after each write to configuration space.</summary>
    public Action WhenConfigured { get; set; } = () => { };

    /// <summary>What happens while the processor halts.</summary>
    public Action WhenHalted { get; set; } = () => { };

    public Func<ulong> Clock { get; set; } = () => 0;

    public ulong FaultAddress { get; set; }

    /// <summary>User memory that is not mapped.</summary>
    public ulong UnmappedStart { get; set; }

    public ulong UnmappedLength { get; set; }

    public List<ulong> LoadedRoots { get; } = [];

    public void Dispose()
    {
        NativeMemory.Free(_operations);
        NativeMemory.Free(_entry);
        NativeMemory.Free(_reachable);
        NativeMemory.Free(_canary);
        NativeMemory.Free(_entryStack);
    }

    /// <summary>What kernel_canary holds; changed by tests.</summary>
    public ref ulong Canary => ref *_canary;

    public bool IsWriteProtectionOn { get; set; } = true;

    private void Revive() => Canary = 0x5249_4E47_4F53_0A0D;

    private bool IsSerialReady() => SerialPolls++ >= SerialDelay && !IsSerialStuck;

    private void Take(byte character)
    {
        Serial.Append((char)character);
        SerialPolls = 0;
    }

    private static byte In8(ushort port) => port switch
    {
        SerialStatus => (byte)((s_current.IsSerialReady() ? 0x20 : 0) | (s_current.Typed.Count != 0 ? 1 : 0)),
        SerialData => s_current.Typed.Dequeue(),
        CmosData => s_current.Cmos[s_current._cmosRegister],
        0x20 => s_current.MasterInService,
        0xA0 => s_current.SlaveInService,
        _ => throw new InvalidOperationException($"nothing answers at port {port:X}"),
    };

    private static void Out8(ushort port, byte value)
    {
        if (port == SerialData)
            s_current.Take(value);
        else if (port == CmosIndex)
            s_current._cmosRegister = value;
        else
            s_current.Writes.Add((port, value));
    }

    private static uint In32(ushort port)
    {
        Assert.Equal(PciData, port);
        Assert.True(s_current._pciAddress >> 31 == 1, "configuration space is not enabled");
        return s_current.Pci.GetValueOrDefault(s_current.PciRegister, uint.MaxValue);
    }

    private (int Device, int Register) PciRegister => ((int)(_pciAddress >> 11) & 31, (int)_pciAddress & 0xFC);

    private static void Out32(ushort port, uint value)
    {
        if (port == BootProtocol.DebugExitPort)
            throw new MachineOffException((GuestExit)value);
        if (port == PciAddress)
            s_current._pciAddress = value;
        else if (port == PciData)
            s_current.Configure(value);
        else
            s_current.Writes.Add((port, value));
    }

    private void Configure(uint value)
    {
        Pci[PciRegister] = value;
        WhenConfigured();
    }

    private static void ChangeInterrupts()
    {
    }

    private static void HaltUntilInterrupt() => s_current.WhenHalted();

    private static ulong ReadFramePointer() => 0;

    private static ulong ReadControl0() => s_current.IsWriteProtectionOn ? 1ul << 16 : 0;

    private static ulong ReadTimeStamp() => s_current.Clock();

    private static ulong ReadControl3() => s_current.LoadedRoots.Count == 0 ? 0 : s_current.LoadedRoots[^1];

    private static void LoadPageTableRoot(ulong root) => s_current.LoadedRoots.Add(root);

    private static ulong ReadFaultAddress() => s_current.FaultAddress;

    // Copies up to the first byte that is not mapped, as the processor does.
    private static ulong CopyUser(nint to, nint from, ulong length)
    {
        Assert.InRange(length, 0ul, LongestCopy);
        if (length != 0)
            Assert.True(IsInLowHalf(to) && IsInLowHalf(from), $"an unchecked copy from {from:x} to {to:x}");
        for (ulong i = 0; i < length; i++)
        {
            if (s_current.IsUnmapped((ulong)to + i) || s_current.IsUnmapped((ulong)from + i))
                return 0;
            *((byte*)to + i) = *((byte*)from + i);
        }
        return 1;
    }

    private static bool IsInLowHalf(nint address) => (ulong)address is >= 0x1000 and < 0x7FFF_FFFF_F000;

    private bool IsUnmapped(ulong address) => address - UnmappedStart < UnmappedLength;
}
