// What the IPC system calls load and store. Registers: lib/Abi/Message.cs. Next: Endpoint.cs
using System.Runtime.InteropServices;
using RingOS.Abi;

namespace RingOS.User;

/// <summary>The registers of one message, 48 bytes: out = handle, four words, served signals; in = badge and four words.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct MessageRegisters
{
    public const int Size = 48;

    /// <summary>Set by <see cref="Endpoint"/> to its handle before the call; afterwards the badge of the sender's handle.</summary>
    public ulong Badge;

    public ulong Word0;
    public ulong Word1;
    public ulong Word2;
    public ulong Word3;

    /// <summary>For <see cref="Endpoint.ReplyReceive"/>: the word of <see cref="PendingSignals"/> that the service has seen and served, and signals it had received.</summary>
    public ulong Served;

    /// <summary>A bound notification, not a caller, ended the receive: its bits are in <see cref="Word0"/>; nobody waits.</summary>
    public readonly bool IsNotification => Badge == Message.NotificationBadge;
}
