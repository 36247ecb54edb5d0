// What a program sees of a NIC service that attacks the kernel, and what that service has to say of it. The service: ../Attacker.
// Read by: tests/Boot/Attack.cs. Back to: Program.cs
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Test.Syscalls;

/// <summary>The attacker's results come in place of the NIC's counters.</summary>
internal static unsafe class AttackedNetwork
{
    public static void Run(ulong sink)
    {
        HostileNetwork.Run(sink);
        PrintCounters();
    }

    /// <summary>A line a counter; none if the driver is gone.</summary>
    public static void PrintCounters()
    {
        byte[] memory = new byte[(int)NicCounter.Count * sizeof(ulong)];
        ulong counters = Kernel.AddressOf(memory);
        long nic = Kernel.Open("/dev/nic"u8);
        if (nic < 0 || Kernel.Ioctl(nic, IoctlRequest.GetNicCounters, counters) < 0)
            return;
        for (ulong index = 0; index < (ulong)NicCounter.Count; index++)
        {
            Console.Write("result "u8);
            Console.Write(index);
            Console.Write(" "u8);
            Console.Write(*(ulong*)(counters + (index * sizeof(ulong)))); // SAFETY: inside the array, which does not move.
            Console.Write("\n"u8);
        }
    }
}
