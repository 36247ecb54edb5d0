// Asks, and keeps the first thing that was not as it should be. Next: Conversation.cs
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RingOS.Test.Onlooker;

/// <summary>One caller with words of its own.</summary>
internal sealed unsafe class Onlooker
{
    private readonly Found* _found;
    private readonly ulong _own;
    private readonly ulong _segment;

    /// <param name="own">What its registers are full of; the low 16 bits are zero.</param>
    /// <param name="segment">What it loads into its data segment registers.</param>
    public Onlooker(ulong own, ulong segment)
    {
        ulong place = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(new Span<byte>(new byte[Found.Size + 16])));
        _found = (Found*)((place + 15) & ~15ul); // SAFETY: inside the array, which nothing moves.
        _own = own;
        _segment = segment;
    }

    /// <summary>The first verdict that was not 0.</summary>
    public ulong Wrong { get; private set; }

    /// <summary>What the last request answered.</summary>
    public long Answer => (long)_found->General[0];

    /// <summary>Of the last message: the badge, or the caller's handle, and the four words.</summary>
    public ulong Word(int index) => _found->General[index switch { 0 => 5, 1 => 4, 2 => 3, 3 => 10, _ => 8 }];

    /// <summary>A request that answers with rax alone.</summary>
    public void Ask(Request request)
    {
        Enter(ref request);
        Judge(request, null);
    }

    /// <summary>A request that may bring a message; which one it was, the caller looks at by <see cref="Word"/>.</summary>
    public void AskForMessage(Request request)
    {
        Enter(ref request);
        ulong* words = stackalloc ulong[Conversation.Registers];
        for (int i = 0; i < Conversation.Registers; i++)
            words[i] = Word(i);
        Judge(request, words);
    }

    /// <summary>Something else was not as it should be.</summary>
    public void Require(bool isRight, ulong verdict)
    {
        if (Wrong == 0 && !isRight)
            Wrong = verdict;
    }

    private void Enter(ref Request request)
    {
        request.Own = _own;
        request.Segment = _segment;
        request.Found = _found;
        request.Enter();
    }

    private void Judge(in Request request, ulong* words)
    {
        if (Wrong == 0)
            Wrong = _found->Verdict(request, words);
    }
}
