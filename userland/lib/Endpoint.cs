// Synchronous messages: a client calls, a service answers and waits for the next. Next: Notification.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>One end of a rendezvous. Nothing is buffered: the caller waits until it is answered.</summary>
public readonly struct Endpoint(int handle)
{
    /// <summary>Sends the four words and waits for the answer, which replaces them.</summary>
    /// <returns>PeerGone if the service died, BadHandle or NotPermitted if this handle cannot call.</returns>
    public Status Call(ref MessageRegisters message) => Exchange(SyscallNumber.Call, ref message);

    /// <summary>Waits for the first message or bound notification.</summary>
    public Status Receive(ref MessageRegisters message) => Exchange(SyscallNumber.Receive, ref message);

    /// <summary>Answers the caller served last with the four words, then waits for the next message or bound notification.</summary>
    public Status ReplyReceive(ref MessageRegisters message)
    {
        Status status = Exchange(SyscallNumber.ReplyReceive, ref message);
        message.Served = 0;
        return status;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Status Exchange(SyscallNumber number, ref MessageRegisters message)
    {
        message.Badge = (uint)handle;
        return (Status)(-Syscall.Message(number, ref message));
    }
}
