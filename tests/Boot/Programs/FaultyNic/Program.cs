// service/faulty-nic: the real driver in the real host, with a faulty layer between them. The act is fault= of the
// kernel command line. Compare: drivers/hosts/Service/e1000e/Program.cs. Next: FaultyDriver.cs
using System;
using System.Runtime;
using RingOS.Drivers.E1000e;
using RingOS.Hosts.Service;
using RingOS.User;

namespace RingOS.Test.FaultyNic;

internal static class Program
{
    private const int EndedOnPurpose = 7;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        NicService service = NicService.Begin(startupBlock);
        ReadOnlySpan<byte> act = service.Arguments[1];
        if (act.SequenceEqual("end-at-start"u8))
            return EndedOnPurpose;
        if (act.SequenceEqual("silent-at-start"u8))
            FaultyDriver.FallSilent();
        E1000eController controller = new(service.Grant, service.Events);
        return service.Run(new FaultyDriver(controller, FaultOf(act), new EventRingVandal((nint)Startup.Block.EventRingAddress), service.Events));
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
        if (act.SequenceEqual("hog"u8))
            return Fault.Hog;
        if (act.SequenceEqual("busy-between"u8))
            return Fault.BusyBetween;
        if (act.SequenceEqual("slow"u8))
            return Fault.Slow;
        if (act.SequenceEqual("trespass"u8))
            return Fault.Trespass;
        return act.SequenceEqual("vandal"u8) ? Fault.Vandal : Fault.None;
    }
}
