// Machine and tool take turns: while the one runs, the other waits. futex(2). Back to: Registers.cs
using System.Threading;

namespace RingOS.Instrument;

/// <summary>The machine's end of it; the tool's is tools/RingOS.RemoteDevices/MachineTurn.cs.</summary>
internal static unsafe class Turn
{
    private const int ToolIsGone = 98; // exit code
    private const ulong LookEverySecond = 1;

    /// <summary>Lets the tool do its part, and returns when it is the machine's turn again. Guest time stands still.</summary>
    /// <param name="state">Why, of <see cref="MachineState"/>.</param>
    public static void Pass(int state)
    {
        int* word = &DeviceMemory.Header->State;
        if (Interlocked.CompareExchange(ref *word, state, MachineState.Runs) != MachineState.Runs)
            HostCall.Exit(ToolIsGone); // it has given this machine up
        HostCall.WakeWaiter(word);
        while (Volatile.Read(ref *word) == state)
        {
            if (!HostCall.WaitWhile(word, state, LookEverySecond) && !HostCall.IsProcess(DeviceMemory.Header->Tool))
                End();
        }
        if (Volatile.Read(ref *word) != MachineState.Runs)
            HostCall.Exit(ToolIsGone);
    }

    private static void End()
    {
        HostCall.Complain("RingOS.Instrument: the tool that this machine's devices live in is gone\n"u8);
        HostCall.Exit(ToolIsGone);
    }
}
