// The one dispatch table. Each syscall has a file of its own, named like it. Numbers: lib/Abi/SyscallNumber.cs. Next: Write.cs
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Syscalls;

/// <summary>From a number to its handler.</summary>
public static class SyscallTable
{
    /// <summary>Runs one syscall.</summary>
    /// <returns>Zero or more, or a negated <see cref="Status"/>: what the program finds in rax.</returns>
    public static long Dispatch(Nucleus nucleus, Thread caller, ref Registers arguments) => (SyscallNumber)arguments.Rax switch
    {
        SyscallNumber.Null => 0,
        SyscallNumber.Exit => Exit.Handle(nucleus, ref arguments),
        SyscallNumber.Read => Read.Handle(caller, ref arguments),
        SyscallNumber.Write => Write.Handle(caller, ref arguments),
        SyscallNumber.Open => Open.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Close => Close.Handle(caller, ref arguments),
        SyscallNumber.Ioctl => Ioctl.Handle(caller, ref arguments),
        SyscallNumber.Socket => OpenSocket.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Bind => Bind.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Connect => Connect.Handle(nucleus, caller, ref arguments),
        SyscallNumber.SendTo => SendTo.Handle(nucleus, caller, ref arguments),
        SyscallNumber.ReceiveFrom => ReceiveFrom.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Clock => Clock.Handle(nucleus, ref arguments),
        SyscallNumber.Sleep => Sleep.Handle(nucleus, ref arguments),
        SyscallNumber.Call => Call.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Receive => Receive.Handle(caller, ref arguments),
        SyscallNumber.ReplyReceive => ReplyReceive.Handle(caller, ref arguments),
        SyscallNumber.Signal => Signal.Handle(caller, ref arguments),
        SyscallNumber.Wait => Wait.Handle(nucleus, caller, ref arguments),
        SyscallNumber.Acknowledge => Acknowledge.Handle(caller, ref arguments),
        _ => -(long)Status.NoSuchSyscall,
    };
}
