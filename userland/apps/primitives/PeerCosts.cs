// What a peer's own ways into the kernel cost: it measures them where it is, which may be ring 1. Next: PrimitivesCommand.cs
using System;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Primitives;

/// <summary>
/// A message to the echo service, the first it gets, and its answer: one event of the program then holds the figures of both, and the
/// loop in which the service answers all other messages stays as short as it was.
/// </summary>
/// <remarks>
/// Request: word 0 = <see cref="Request"/>, word 1 = turns of a batch, word 2 = <see cref="Entries"/>. Answer: words 0 to 2 = ticks of a
/// null call by syscall, by `int 0x80` and through a call gate, word 3 = <see cref="FromRing1"/>, or else 0.
/// </remarks>
public static class PeerCosts
{
    /// <summary>"MEASURE?"</summary>
    public const ulong Request = 0x3F45_5255_5341_454D;

    /// <summary>In the answer of a service that runs in the kernel's half: "RING 1".</summary>
    public const ulong FromRing1 = 0x3120_474E_4952;

    /// <summary>Ways into the kernel that are open besides syscall.</summary>
    [Flags]
    public enum Entries : ulong
    {
        None = 0,
        Interrupt = 1 << 0,
        CallGate = 1 << 1,
    }

    /// <summary>The program's side.</summary>
    public static MessageRegisters Ask(PrimitivesOptions options) => new()
    {
        Word0 = Request,
        Word1 = options.Turns,
        Word2 = (ulong)EntriesOf(options),
    };

    /// <summary>The service's side: puts the answer in place of a request, and leaves any other message as it is.</summary>
    /// <param name="message">As received.</param>
    /// <param name="heapStart">Where the service's heap is, which says in which half it runs.</param>
    public static void Answer(ref MessageRegisters message, ulong heapStart)
    {
        if (message.IsNotification || message.Word0 != Request)
            return;
        Entries entries = (Entries)message.Word2;
        Stopwatch stopwatch = new(Math.Max((uint)message.Word1, 1));
        message.Word0 = stopwatch.Measure(new SyscallYardstick());
        message.Word1 = (entries & Entries.Interrupt) == 0 ? 0 : stopwatch.Measure(new InterruptYardstick());
        message.Word2 = (entries & Entries.CallGate) == 0 ? 0 : stopwatch.Measure(new CallGateYardstick());
        message.Word3 = (long)heapStart < 0 ? FromRing1 : 0;
    }

    /// <summary>Adds the answer to the program's event if it came from ring 1.</summary>
    public static void Report(EventLine line, in MessageRegisters answer)
    {
        if (answer.Word3 != FromRing1)
            return;
        line.Add("Ring1Syscall"u8, answer.Word0);
        if (answer.Word1 != 0)
            line.Add("Ring1Interrupt"u8, answer.Word1);
        if (answer.Word2 != 0)
            line.Add("Ring1CallGate"u8, answer.Word2);
    }

    private static Entries EntriesOf(PrimitivesOptions options)
        => (options.HasInterrupt ? Entries.Interrupt : Entries.None) | (options.HasCallGate ? Entries.CallGate : Entries.None);
}
