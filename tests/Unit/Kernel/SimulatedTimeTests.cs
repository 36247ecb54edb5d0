// Time from outside, and devices that interrupt by message. Subjects: kernel/arch/x64/SimulatedClock.cs, PciFunction.cs, PciBus.cs, X64Processor.cs,
// kernel/interrupts/MessageLine.cs, kernel/threads/ProcessTable.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Ipc;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed unsafe class SimulatedTimeTests : IDisposable
{
    private const int Device = 5;
    private const uint HasCapabilities = 1u << 20;
    private const int EndOfInterrupt = 0xB0;
    private const int InterruptCommand = 0x300;
    private const int Length = (int)SimulatedClockProtocol.WindowLength + 4096;

    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(Length, 4096);
    private readonly FakeCpu _cpu = new();
    private readonly PciFunction _function = new(new PortConfiguration(Device));

    public SimulatedTimeTests()
    {
        new Span<byte>(_memory, Length).Fill(0xCC);
        _cpu.Pci[(Device, 0x04)] = HasCapabilities;
        _cpu.Pci[(Device, 0x34)] = 0x48;
    }

    private uint* Registers => (uint*)_memory;

    private ref ulong Now => ref *(ulong*)(_memory + SimulatedClockProtocol.NowRegister);

    private ulong Wake => *(ulong*)(_memory + SimulatedClockProtocol.WakeRegister);

    private byte* Apic => _memory + SimulatedClockProtocol.WindowLength;

    public void Dispose()
    {
        _cpu.Dispose();
        NativeMemory.AlignedFree(_memory);
    }

    [Fact]
    public void TimeIsReadFromTheDevice()
    {
        SimulatedClock clock = NewClock(now: 1_000_000_500);
        Assert.Equal(1_000_000_500ul, clock.Now);
        Now = 0x12_3456_789A;
        Assert.Equal(0x12_3456_789Aul, clock.Now);
    }

    [Fact]
    public void BeforeAHaltItSaysUntilWhenAndThenThatItHalts()
    {
        SimulatedClock clock = NewClock(now: 1_000);
        List<(ulong Wake, uint Idle)> halts = [];
        _cpu.WhenHalted = () => halts.Add((Wake, Registers[SimulatedClockProtocol.IdleRegister / 4]));
        clock.HaltUntilInterrupt();
        clock.Arm(500);
        clock.HaltUntilInterrupt();
        Now = 2_000;
        clock.Arm(70); // in the place of the earlier request
        clock.HaltUntilInterrupt();
        Assert.Equal([(ulong.MaxValue, 1u), (1_500ul, 1u), (2_070ul, 1u)], halts);
    }

    /// <summary>By a message to itself with the vector that the device names: so it comes in as any interrupt does, with the halt.</summary>
    [Theory]
    [InlineData(SimulatedClock.Vector)]
    [InlineData(MessageLine.Vector)]
    public void TheInterruptThatEndsAHaltIsRaisedBeforeIt(int vector)
    {
        const uint ToSelf = 1 << 18; // destination shorthand. Intel SDM vol. 3, 10.6.1
        SimulatedClock clock = NewClock(now: 1_000);
        Registers[SimulatedClockProtocol.VectorRegister / 4] = (uint)vector;
        uint command = 0;
        _cpu.WhenHalted = () => command = *(uint*)(Apic + InterruptCommand);
        clock.HaltUntilInterrupt();
        Assert.Equal(ToSelf | (uint)vector, command);
    }

    [Fact]
    public void FunctionsOfARemoteBusGetTheirWindowsAndAreFoundThere()
    {
        const ulong Window = 0x8_FE80_0000;
        new Span<byte>(_memory, (int)PciBus.RemoteLength).Clear();
        Registers[RemoteBusProtocol.ConfigurationLength / 4] = 0x1659_14E4; // function 1; there is none before it
        PciBus bus = new();
        Assert.Null(bus.Find(0x1659_14E4));
        bus.AddRemote((ulong)_memory, Window);
        PciFunction? function = bus.Find(0x1659_14E4);
        Assert.Equal((0xFE82_0000u, 8u), (Registers[(RemoteBusProtocol.ConfigurationLength + 0x10) / 4], Registers[(RemoteBusProtocol.ConfigurationLength + 0x14) / 4]));
        Assert.Equal(0xFE82_0000ul, function!.MemoryWindow(0));
        Assert.Equal((0u, 0u), (Registers[0x10 / 4], Registers[((2 * RemoteBusProtocol.ConfigurationLength) + 0x10) / 4]));
        function.Enable();
        Assert.Equal(7u, Registers[(RemoteBusProtocol.ConfigurationLength + 4) / 4]);
    }

    [Fact]
    public void TheFirstBusComesFirst()
    {
        new Span<byte>(_memory, (int)PciBus.RemoteLength).Clear();
        Registers[0] = 0x1659_14E4;
        _cpu.Pci[(Device, 0)] = 0x1659_14E4;
        _cpu.Pci[(Device, 0x10)] = 0xFEB0_0000;
        PciBus bus = new();
        bus.AddRemote((ulong)_memory, 0x1000_0000);
        Assert.Equal(0xFEB0_0000ul, bus.Find(0x1659_14E4)!.MemoryWindow(0));
    }

    [Fact]
    public void TheProcessorsTimeIsTheClocksAndItsCounterIsItsOwn()
    {
        SimulatedClock clock = NewClock(now: 3_000);
        _cpu.Clock = () => 99;
        X64Processor processor = new(new LocalTimer((ulong)Apic), rates: null!, clock);
        int halts = 0;
        _cpu.WhenHalted = () => halts++;
        Assert.True(processor.IsTimeSimulated);
        Assert.Equal((3_000ul, 1_000_000_000ul, 99ul), (processor.TimeStamp, processor.TicksPerSecond, processor.Counter));
        processor.ArmTimer(40);
        processor.HaltUntilInterrupt();
        Assert.Equal((3_040ul, 1), (Wake, halts));
        Assert.Equal(0xCCCC_CCCCu, *(uint*)(Apic + 0x380)); // the local timer is left alone
    }

    [Theory]
    [InlineData(0x0000_0005u, 0x50)]
    [InlineData(0x0080_0005u, 0x54)] // 64 bits of address
    public void AMessageGoesToTheLocalApic(uint capability, int data)
    {
        _cpu.Pci[(Device, 0x48)] = capability;
        Assert.True(_function.UseMessage(0x41));
        Assert.Equal((0xFEE0_0000u, 0x41u), (_cpu.Pci[(Device, 0x4C)], _cpu.Pci[(Device, data)]));
        Assert.Equal(capability | 0x1_0000, _cpu.Pci[(Device, 0x48)]);
        Assert.Equal(data == 0x54 ? 0u : 0x41, _cpu.Pci[(Device, 0x50)]);
    }

    [Fact]
    public void TheCapabilityIsFoundBehindOthers()
    {
        _cpu.Pci[(Device, 0x48)] = 0x0000_6001; // power management, then 0x60
        _cpu.Pci[(Device, 0x60)] = 0x0080_0005;
        Assert.True(_function.UseMessage(0x50));
        Assert.Equal(0x50u, _cpu.Pci[(Device, 0x6C)]);
    }

    // Its last register would lie behind configuration space, where the address port means the next function.
    [Fact]
    public void ACapabilityThatDoesNotFitIsNone()
    {
        _cpu.Pci[(Device, 0x48)] = 0x0000_F801; // power management, then 0xF8
        _cpu.Pci[(Device, 0xF8)] = 0x0080_0005;
        int writes = 0;
        _cpu.WhenConfigured = () => writes++;
        Assert.False(_function.UseMessage(0x50));
        Assert.Equal(0, writes);
    }

    [Theory]
    [InlineData(0u, 0x0080_0005u)] // the status register says that there is no list
    [InlineData(HasCapabilities, 0x0000_0001u)] // another, and the end
    [InlineData(HasCapabilities, 0x0000_4801u)] // a list that loops
    [InlineData(HasCapabilities, 0xFFFF_FFFFu)]
    public void WhereThereIsNoneNothingIsWritten(uint status, uint first)
    {
        _cpu.Pci[(Device, 0x04)] = status;
        _cpu.Pci[(Device, 0x48)] = first;
        int writes = 0;
        _cpu.WhenConfigured = () => writes++;
        Assert.False(_function.UseMessage(0x41));
        Assert.Equal(0, writes);
    }

    [Fact]
    public void AMessageIsEndedBeforeItsHandlerAndNeverMasked()
    {
        using Machine machine = new();
        InterruptDispatcher dispatcher = NewDispatcher(machine);
        dispatcher.Message.Handler = new Handler(() => machine.Trace.Add($"{*(uint*)(Apic + EndOfInterrupt)}"));
        dispatcher.Dispatch(MessageLine.Vector);
        dispatcher.Message.Mask();
        dispatcher.Message.Unmask();
        Assert.Equal(["0"], machine.Trace);
        Assert.Empty(_cpu.Writes); // the 8259s know nothing of it
    }

    [Fact]
    public void ForAServiceAMessageIsASignal()
    {
        using Machine machine = new();
        InterruptDispatcher dispatcher = NewDispatcher(machine);
        dispatcher.Dispatch(MessageLine.Vector); // nobody wants it: ended all the same
        Assert.Equal(0u, *(uint*)(Apic + EndOfInterrupt));
        Notification notification = machine.NewNotification();
        dispatcher.Message.Notification = notification;
        dispatcher.Dispatch(MessageLine.Vector);
        Assert.True(notification.TryTake(out ulong bits));
        Assert.Equal((Notification.LineBit, 2ul), (bits, machine.Counters.Interrupts));
    }

    [Fact]
    public void TheClocksMessageWakesSleepers()
    {
        using Machine machine = new();
        InterruptDispatcher dispatcher = NewDispatcher(machine);
        machine.SpawnService(() => machine.Trace.Add($"{machine.Sleep(100)}"));
        machine.RunFor(10);
        machine.Processor.Time += 100;
        dispatcher.Dispatch(SimulatedClock.Vector);
        machine.RunFor(0);
        Assert.Equal(["TimedOut"], machine.Trace);
        Assert.Equal(0u, *(uint*)(Apic + EndOfInterrupt));
    }

    private InterruptDispatcher NewDispatcher(Machine machine)
        => new(new InterruptController(), new LocalTimer((ulong)Apic), machine.Scheduler, machine.Counters);

    private SimulatedClock NewClock(ulong now)
    {
        Now = now;
        return new SimulatedClock((ulong)Registers, new LocalTimer((ulong)Apic));
    }

    private sealed class Handler(Action whenCalled) : IInterruptHandler
    {
        public void OnInterrupt() => whenCalled();
    }
}
