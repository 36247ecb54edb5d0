// The stack is in another domain: it is woken through a handle. Next: TimeStampClock.cs
using RingOS.Abi;
using RingOS.Hosts.Server;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>Signals the notification that the kernel has put into the service's handle table.</summary>
public sealed class StackNotification : IStackSignal
{
    private readonly Notification _stack = new(WellKnownHandle.StackNotification);

    public void Signal() => _ = _stack.Signal((ulong)NicSignal.Interrupt); // fails only if the stack is gone, and then nobody is left to tell
}
