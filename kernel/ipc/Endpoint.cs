// Synchronous rendezvous: call, receive, reply. A caller waits until it is answered, so no message is ever buffered.
// Liedtke, "Improving IPC by kernel design", 1993: the call switches straight to the waiting server. Next: Notification.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Ipc;

/// <summary>Where one server answers many callers. Message words travel in the threads' registers (<see cref="Message"/>).</summary>
public sealed class Endpoint(Scheduler scheduler, KernelCounters counters) : KernelObject
{
    private readonly ThreadQueue _callers = new();
    private Thread? _server;
    private bool _isListening; // the server waits here
    private bool _isClosed;

    /// <summary>The notification that also wakes the server of this endpoint.</summary>
    public Notification? Bound { get; set; }

    /// <summary>Told when a caller's patience ends.</summary>
    public ISilenceObserver? Observer { get; set; }

    /// <summary>Sends the words in the caller's registers and waits for the reply, which replaces them.</summary>
    /// <param name="caller">The running thread.</param>
    /// <param name="badge">What the server sees of the handle used.</param>
    /// <param name="patience">Watchdog periods after which it stops waiting.</param>
    /// <returns>PeerGone if the server is or gets closed, TimedOut when patience ends: the server's later reply is dropped.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Call(Thread caller, ulong badge, ulong patience)
    {
        scheduler.Watchdog.Watch(caller, patience);
        if (!_isListening)
            return WaitForServer(caller, badge);
        Thread server = _server!;
        _isListening = false;
        Deliver(caller, server, badge);
        server.WakeStatus = Status.Ok;
        scheduler.SwitchTo(server);
        return caller.WakeStatus;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status WaitForServer(Thread caller, ulong badge)
    {
        if (_isClosed)
            return Status.PeerGone;
        caller.State = ThreadState.Calling;
        caller.Badge = badge;
        caller.ServedBy = _server;
        _callers.Enqueue(caller);
        return scheduler.Block();
    }

    /// <summary>Waits for a call or a signal; the words, and the badge, end up in the server's registers.</summary>
    public Status Receive(Thread server)
    {
        if (_isClosed)
            return Status.PeerGone;
        if (Bound is not null && Bound.TryTake(out ulong bits))
        {
            DeliverSignal(server, bits);
            return Status.Ok;
        }
        Thread? caller = _callers.Dequeue();
        if (caller is not null)
        {
            scheduler.Charge();
            Deliver(caller, server, caller.Badge);
            return Status.Ok;
        }
        Listen(server);
        return scheduler.Block();
    }

    /// <summary>Answers whoever is being served, then waits for the next. The usual case, nothing else to do, switches straight back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status ReplyReceive(Thread server)
    {
        Thread? caller = CallerOf(server);
        if (caller is null)
            return Receive(server);
        Transfer(server, caller);
        caller.WakeStatus = Status.Ok;
        if (HasWork || scheduler.IsServiceReady)
            return ReleaseAndReceive(caller, server);
        Listen(server);
        scheduler.SwitchTo(caller);
        return server.WakeStatus;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status ReleaseAndReceive(Thread caller, Thread server)
    {
        scheduler.Charge(); // to this caller; the next one pays for itself
        scheduler.MakeReady(caller);
        return Receive(server);
    }

    /// <summary>A signal for the bound notification: delivered at once if the server waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OnBoundSignal()
    {
        if (!_isListening || !Bound!.TryTake(out ulong bits))
            return;
        Thread server = _server!;
        _isListening = false;
        DeliverSignal(server, bits);
        scheduler.Wake(server, Status.Ok);
    }

    /// <summary>The server is gone: whoever waits, or is being served, is told so, and so is every later caller.</summary>
    public void Shut(ThreadPool threads, Thread? server)
    {
        _isClosed = true;
        _isListening = false;
        if (Bound is not null)
            Bound.Mirror = null; // it lies in the server's memory
        while (_callers.Dequeue() is { } caller)
            scheduler.Wake(caller, Status.PeerGone);
        for (int slot = 0; slot < threads.Count && server is not null; slot++)
        {
            Thread thread = threads[slot];
            if (thread.State == ThreadState.AwaitingReply && thread.ServedBy == server)
                scheduler.Wake(thread, Status.PeerGone);
        }
    }

    /// <summary>After <see cref="Shut"/>: another server is about to begin.</summary>
    public void Reopen()
    {
        _server = null;
        _isClosed = false;
    }

    private bool HasWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !_callers.IsEmpty || (Bound is not null && Bound.IsPending);
    }

    // The caller being served, unless it was answered already or has stopped waiting.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Thread? CallerOf(Thread server)
    {
        Thread? caller = server.Serving;
        return caller is not null && caller.State == ThreadState.AwaitingReply && caller.ServedBy == server ? caller : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Listen(Thread server)
    {
        server.State = ThreadState.Receiving;
        if (_server != server)
            _server = server;
        _isListening = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Deliver(Thread caller, Thread server, ulong badge)
    {
        Transfer(caller, server);
        server.Registers.Rdi = badge;
        if (server.Serving != caller)
            server.Serving = caller;
        if (caller.ServedBy != server)
            caller.ServedBy = server;
        caller.State = ThreadState.AwaitingReply;
    }

    private static void DeliverSignal(Thread server, ulong bits)
    {
        ref Registers registers = ref server.Registers;
        registers.Rdi = Message.NotificationBadge;
        registers.Rsi = bits;
    }

    // The message itself. Never inlined, so that an execution trace counts messages by address.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Transfer(Thread from, Thread to)
    {
        ref Registers source = ref from.Registers;
        ref Registers target = ref to.Registers;
        target.Rsi = source.Rsi;
        target.Rdx = source.Rdx;
        target.R10 = source.R10;
        target.R8 = source.R8;
        counters.Messages++;
    }
}
