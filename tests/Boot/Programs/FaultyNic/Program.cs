// service/faulty-nic: the real driver in the real host, with a faulty layer between them. The act is fault= of the
// kernel command line. Compare: drivers/hosts/Service/Program.cs. Next: FaultyDriver.cs
using System;
using System.Runtime;
using RingOS.Abi;
using RingOS.Drivers.E1000;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

internal static class Program
{
    private const int EndedOnPurpose = 7;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        ReadOnlySpan<byte> act = Startup.Begin(startupBlock)[1];
        if (act.SequenceEqual("end-at-start"u8))
            return EndedOnPurpose;
        if (act.SequenceEqual("silent-at-start"u8))
            FaultyDriver.FallSilent();
        ref readonly StartupBlock block = ref Startup.Block;
        EventWriter events = new(new EventRingProducer((nint)block.EventRingAddress), new StackNotification());
        E1000Controller controller = new(ServiceGrant.Of(in block), events);
        INicDriver driver = new FaultyDriver(controller, FaultOf(act), new EventRingVandal((nint)block.EventRingAddress));
        Status status = driver.Start();
        if (status != Status.Ok)
            return (int)status;
        NicServer server = new(driver, events, new RequestRingConsumer((nint)block.RequestRingAddress), polls: false);
        return (int)new ServiceHost(server, new PendingSignals(in block)).Run();
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
}
