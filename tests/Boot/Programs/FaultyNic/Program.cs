// service/faulty-nic: the real driver in the real host, with a faulty layer between them. The act is in etc/act, because services have
// no arguments. Compare: drivers/hosts/Service/Program.cs. Next: FaultyDriver.cs
using System;
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

internal static class Program
{
    private const int EndedOnPurpose = 7;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        _ = Startup.Begin(startupBlock);
        ReadOnlySpan<byte> act = Act.FromFile();
        if (act.SequenceEqual("end-at-start"u8))
            return EndedOnPurpose;
        if (act.SequenceEqual("silent-at-start"u8))
            FaultyDriver.FallSilent();
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress));
        E1000Controller controller = new(MintGrant(in block), events);
        INicDriver driver = new FaultyDriver(controller, FaultOf(act), new EventRingVandal((nint)block.EventRingAddress));
        Status status = driver.Start();
        if (status == Status.Ok)
            status = new ServiceHost(driver, events, new PendingSignals(in block)).Run();
        return (int)status;
    }

    private static Fault FaultOf(ReadOnlySpan<byte> act)
    {
        if (act.SequenceEqual("silent"u8))
            return Fault.Silent;
        if (act.SequenceEqual("loop"u8))
            return Fault.Loop;
        if (act.SequenceEqual("break"u8))
            return Fault.Break;
        if (act.SequenceEqual("end"u8))
            return Fault.End;
        if (act.SequenceEqual("lie"u8))
            return Fault.Lie;
        return act.SequenceEqual("vandal"u8) ? Fault.Vandal : Fault.None;
    }

    private static NicGrant MintGrant(ref readonly StartupBlock block)
        => new(
            new MappedMmioRegion((nint)block.RegistersAddress, (uint)block.RegistersLength),
            new DmaRegion((nint)block.DmaAddress, new DeviceAddress(block.DmaDeviceAddress), (int)block.DmaLength),
            new PacketWindow(new DeviceAddress(block.PacketsDeviceAddress), (int)block.PacketCount),
            new TimeStampClock(block.TicksPerSecond));
}
