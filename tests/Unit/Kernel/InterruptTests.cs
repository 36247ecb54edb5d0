// From a vector to a handler or a notification, and what the 8259s are told. Subjects: kernel/interrupts/InterruptLine.cs,
// InterruptDispatcher.cs, kernel/arch/x64/InterruptController.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Interrupts;
using RingOS.Kernel.Ipc;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed unsafe class InterruptTests : IDisposable
{
    private const ushort MasterCommand = 0x20;
    private const ushort MasterMask = 0x21;
    private const ushort SlaveCommand = 0xA0;
    private const ushort SlaveMask = 0xA1;
    private const uint End = 0x20;
    private const uint ReadInService = 0x0B;

    private readonly byte* _apic = (byte*)NativeMemory.AlignedAlloc(4096, 4096);
    private readonly FakeCpu _cpu = new();
    private readonly Machine _machine = new();
    private readonly InterruptController _controller = new();
    private readonly InterruptDispatcher _dispatcher;

    public InterruptTests()
    {
        new Span<byte>(_apic, 4096).Fill(0xCC);
        _dispatcher = new InterruptDispatcher(_controller, new LocalTimer((ulong)_apic), _machine.Scheduler, _machine.Counters);
    }

    public void Dispose()
    {
        _machine.Dispose();
        _cpu.Dispose();
        NativeMemory.AlignedFree(_apic);
    }

    [Fact]
    public void StartRemapsBothControllersAndMasksAllButTheCascade()
    {
        _controller.Start();
        Assert.Equal([0x11u], Written(MasterCommand));
        Assert.Equal([0x20u, 0x04, 0x01, 0xFB], Written(MasterMask));
        Assert.Equal([0x11u], Written(SlaveCommand));
        Assert.Equal([0x28u, 0x02, 0x01, 0xFF], Written(SlaveMask));
    }

    [Fact]
    public void LinesAreMaskedOneByOne()
    {
        _controller.Unmask(11);
        _controller.Unmask(9);
        _controller.Mask(11);
        _controller.Unmask(4);
        _controller.Unmask(4);
        Assert.Equal([0xF7u, 0xF5, 0xFD], Written(SlaveMask));
        Assert.Equal([0xEBu, 0xEB], Written(MasterMask));
    }

    [Fact]
    public void ForAServiceTheLineIsMaskedBeforeTheInterruptIsEnded()
    {
        Notification notification = _machine.NewNotification();
        _dispatcher.Line(11).Notification = notification;
        _dispatcher.Line(11).Unmask();
        _cpu.Writes.Clear();
        _dispatcher.Dispatch(0x20 + 11);
        Assert.Equal([(SlaveMask, 0xFFu), (SlaveCommand, End), (MasterCommand, End)], _cpu.Writes);
        Assert.True(notification.TryTake(out ulong bits));
        Assert.Equal(Notification.LineBit, bits);
        Assert.Equal(1ul, _machine.Counters.Interrupts);
    }

    [Fact]
    public void AHandlerIsCalledBeforeTheInterruptIsEndedAndTheLineStaysOpen()
    {
        _dispatcher.Line(5).Handler = new Handler(() => _cpu.Writes.Add((0, 0xCA11)));
        _dispatcher.Dispatch(0x25);
        Assert.Equal([((ushort)0, 0xCA11u), (MasterCommand, End)], _cpu.Writes);
    }

    [Fact]
    public void AnInterruptThatNobodyWantsIsMasked()
    {
        _dispatcher.Dispatch(0x23);
        Assert.Equal([(MasterMask, 0xFBu), (MasterCommand, End)], _cpu.Writes);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(15, true)]
    public void ASpuriousInterruptIsNobodysAndOnlyACascadeIsEnded(int line, bool isEnded)
    {
        Notification notification = _machine.NewNotification();
        _dispatcher.Line(line).Notification = notification;
        _dispatcher.Dispatch(0x20 + line);
        Assert.False(notification.IsPending);
        List<(ushort, uint)> expected = [(line == 7 ? MasterCommand : SlaveCommand, ReadInService)];
        if (isEnded)
            expected.Add((MasterCommand, End));
        Assert.Equal(expected, _cpu.Writes);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(15)]
    public void ARealInterruptOfTheLastLinesIsServed(int line)
    {
        _cpu.MasterInService = line == 7 ? (byte)0x80 : (byte)0;
        _cpu.SlaveInService = line == 15 ? (byte)0x80 : (byte)0;
        Notification notification = _machine.NewNotification();
        _dispatcher.Line(line).Notification = notification;
        _dispatcher.Dispatch(0x20 + line);
        Assert.True(notification.IsPending);
        Assert.Contains((MasterCommand, End), _cpu.Writes);
    }

    [Fact]
    public void TheTimerInterruptIsEndedAndWakesSleepers()
    {
        _machine.SpawnService(() => _machine.Trace.Add($"{_machine.Sleep(100)}"));
        _machine.RunFor(10);
        _machine.Processor.Time += 100;
        _dispatcher.Dispatch(LocalTimer.Vector);
        Assert.Equal(0u, *(uint*)(_apic + 0xB0));
        _machine.RunFor(0);
        Assert.Equal(["TimedOut"], _machine.Trace);
        Assert.Empty(_cpu.Writes);
    }

    [Theory]
    [InlineData(0x30)]
    [InlineData(LocalTimer.SpuriousVector)]
    public void OtherVectorsAreOnlyCounted(int vector)
    {
        _dispatcher.Dispatch(vector);
        Assert.Empty(_cpu.Writes);
        Assert.Equal(0xCCCC_CCCCu, *(uint*)(_apic + 0xB0));
        Assert.Equal(1ul, _machine.Counters.Interrupts);
    }

    [Fact]
    public void ServingTheSignalOpensTheLineAgain()
    {
        InterruptLine line = _dispatcher.Line(11);
        Notification notification = _machine.NewNotification();
        notification.Line = line;
        line.Notification = notification;
        _dispatcher.Dispatch(0x2B);
        _cpu.Writes.Clear();
        notification.TakeServed(SignalWord.Arrival | 4); // not the line's bit
        Assert.Empty(_cpu.Writes);
        notification.Signal(Notification.LineBit);
        notification.TakeServed(SignalWord.Arrival | Notification.LineBit);
        Assert.Equal([(SlaveMask, 0xF7u)], _cpu.Writes);
        Assert.False(notification.IsPending);
    }

    [Fact]
    public void AnInterruptReachesTheServerThatWaitsForIt()
    {
        Endpoint endpoint = _machine.NewEndpoint();
        Notification notification = _machine.NewNotification();
        notification.Endpoint = endpoint;
        endpoint.Bound = notification;
        _dispatcher.Line(11).Notification = notification;
        _machine.SpawnService(() => _machine.Serve(endpoint, self => _machine.Trace.Add($"{self.Registers.Rsi}")));
        _machine.RunFor(1);
        _dispatcher.Dispatch(0x2B);
        _dispatcher.Dispatch(0x2B);
        _machine.Run();
        Assert.Equal(["1", "1"], _machine.Trace);
    }

    private IEnumerable<uint> Written(ushort port) => _cpu.Writes.Where(write => write.Port == port).Select(write => write.Value);

    private sealed class Handler(Action whenCalled) : IInterruptHandler
    {
        public void OnInterrupt() => whenCalled();
    }
}
