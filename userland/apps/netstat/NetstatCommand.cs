// Prints all counters: the NIC's, which its driver and the stack keep, and the kernel's. Next: CounterTable.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Netstat;

/// <summary>The netstat program.</summary>
public static class NetstatCommand
{
    /// <summary>Runs it. Returns the exit code: 0, or 1 for a bad command line or counters that cannot be read.</summary>
    public static int Run(Arguments arguments)
    {
        if (arguments.Count > 1)
            return Explain(arguments[1]);
        NicCounters nic = new();
        if (!nic.Read())
            return Complain("no NIC: "u8);
        ulong[] kernel = new ulong[(int)KernelCounter.Count];
        int device = Files.Open("/dev/kernel"u8);
        if (device < 0 || Files.ReadCounters(device, IoctlRequest.GetKernelCounters, kernel) < 0)
            return Complain("no counters of the kernel: "u8);
        PrintNic(nic);
        PrintKernel(kernel);
        return 0;
    }

    private static void PrintNic(NicCounters nic)
    {
        CounterTable table = new("NIC"u8);
        for (NicCounter counter = 0; counter < NicCounter.Count; counter++)
            table.Print(CounterNames.Of(counter), nic[counter]);
    }

    private static void PrintKernel(ReadOnlySpan<ulong> counters)
    {
        CounterTable table = new("Kernel"u8);
        for (KernelCounter counter = 0; counter < KernelCounter.Count; counter++)
            table.Print(CounterNames.Of(counter), counters[(int)counter]);
    }

    private static int Explain(ReadOnlySpan<byte> option)
    {
        if (option.SequenceEqual("-h"u8) || option.SequenceEqual("--help"u8))
        {
            Console.WriteLine("Usage: netstat: prints the counters of the NIC and of the kernel"u8);
            return 0;
        }
        Console.WriteLine(new TextBuffer(Console.LineCapacity).Append("netstat: invalid option "u8).Append(option));
        return 1;
    }

    private static int Complain(ReadOnlySpan<byte> what)
    {
        Console.WriteLine(new TextBuffer(Console.LineCapacity).Append("netstat: "u8).Append(what).AppendError(Errno.Last));
        return 1;
    }
}
