// The one dispatch table: from a number to its handler. Each has a file of its own in kernel/syscalls, named like it; entry.asm calls
// through this table. Numbers: lib/Abi/SyscallNumber.cs. Next: ../../syscalls/Write.cs
using RingOS.Abi;
using RingOS.Kernel.Syscalls;

namespace RingOS.Kernel.Arch.X64;

/// <summary>
/// A handler gets the caller's registers and returns zero or more, or a negated <see cref="Status"/>: what the program finds in rax.
/// </summary>
public static unsafe class SyscallTable
{
    /// <summary>Slots in entry.asm; the last one is for numbers that do not exist.</summary>
    public const int Slots = 32;

    /// <param name="table">The first of <see cref="Slots"/> slots.</param>
    public static void Fill(delegate*<ref Registers, long>* table)
    {
        // SAFETY: SyscallNumber has fewer members than there are slots; a test asserts it.
        for (int slot = 0; slot < Slots; slot++)
            table[slot] = &Unknown.Handle;
        table[(int)SyscallNumber.Null] = &Null.Handle;
        table[(int)SyscallNumber.Exit] = &Exit.Handle;
        table[(int)SyscallNumber.Read] = &Read.Handle;
        table[(int)SyscallNumber.Write] = &Write.Handle;
        table[(int)SyscallNumber.Open] = &Open.Handle;
        table[(int)SyscallNumber.Close] = &Close.Handle;
        table[(int)SyscallNumber.Ioctl] = &Ioctl.Handle;
        table[(int)SyscallNumber.Socket] = &OpenSocket.Handle;
        table[(int)SyscallNumber.Bind] = &Bind.Handle;
        table[(int)SyscallNumber.Connect] = &Connect.Handle;
        table[(int)SyscallNumber.SendTo] = &SendTo.Handle;
        table[(int)SyscallNumber.ReceiveFrom] = &ReceiveFrom.Handle;
        table[(int)SyscallNumber.Clock] = &Clock.Handle;
        table[(int)SyscallNumber.Sleep] = &Sleep.Handle;
        table[(int)SyscallNumber.Call] = &Call.Handle;
        table[(int)SyscallNumber.Receive] = &Receive.Handle;
        table[(int)SyscallNumber.ReplyReceive] = &ReplyReceive.Handle;
        table[(int)SyscallNumber.Signal] = &Signal.Handle;
        table[(int)SyscallNumber.Wait] = &Wait.Handle;
        table[(int)SyscallNumber.Acknowledge] = &Acknowledge.Handle;
    }
}
