// syscalls PART [PORT [COUNT]]: one line a check, "ok NAME" or "FAILED NAME expected N got N"; the exit code is the number of failures.
// Read by: tests/Boot/SyscallTests.cs. Next: Check.cs
using System;
using System.Runtime;
using RingOS.User;

namespace RingOS.Test.Syscalls;

internal static class Program
{
    private const int NoSuchPart = 30;
    private const uint Gateway = 0x0A00_0202;

    [RuntimeExport("user_main")]
    private static int Main(nint startupBlock)
    {
        Arguments arguments = Startup.Begin(startupBlock);
        ReadOnlySpan<byte> part = arguments[1];
        if (part.SequenceEqual("pointers"u8))
            PointerChecks.Run();
        else if (part.SequenceEqual("handles"u8))
            HandleChecks.Run();
        else if (part.SequenceEqual("odd-calls"u8))
            OddCallChecks.Run();
        else if (part.SequenceEqual("time"u8))
            TimeChecks.Run();
        else if (part.SequenceEqual("messages"u8))
            MessageChecks.Run();
        else if (part.SequenceEqual("sockets"u8))
            SocketChecks.Run(Sink(arguments));
        else if (part.SequenceEqual("failing-network"u8))
            FailingNetwork.Run(Sink(arguments));
        else if (part.SequenceEqual("dying-network"u8))
            FailingNetwork.RunLate(Sink(arguments));
        else if (part.SequenceEqual("hostile-network"u8))
            HostileNetwork.Run(Sink(arguments));
        else if (part.SequenceEqual("attacked-network"u8))
            AttackedNetwork.Run(Sink(arguments));
        else if (part.SequenceEqual("reset-network"u8))
            ResetNetwork.Run(Sink(arguments));
        else if (part.SequenceEqual("abandoned-network"u8))
            ResetNetwork.RunToTheEnd(Sink(arguments));
        else if (part.SequenceEqual("working-network"u8))
            WorkingNetwork.Run(Sink(arguments));
        else if (part.SequenceEqual("full-queue"u8))
            FullQueue.Run();
        else if (part.SequenceEqual("restarting-network"u8))
            RestartingNetwork.Run(Sink(arguments), Count(arguments));
        else
            return NoSuchPart;
        RingOS.User.Console.WriteLine("all checked"u8);
        return Check.Failures;
    }

    // Where somebody on the host takes datagrams and says nothing: 10.0.2.2 and the port of the second argument.
    private static ulong Sink(Arguments arguments)
    {
        _ = NumberParser.TryWhole(arguments[2], out ulong port); // the test writes a number
        return Kernel.Address(Gateway, (ushort)port);
    }

    private static ulong Count(Arguments arguments)
    {
        _ = NumberParser.TryWhole(arguments[3], out ulong count); // the same
        return count;
    }
}
