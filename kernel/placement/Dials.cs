// What can be set independently of the placement. Words: lib/Abi/BootProtocol.cs. Next: Placer.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Boot;

namespace RingOS.Kernel.Placement;

/// <summary>Batching, interrupts, completion, restarts. Placements are to be compared only within one setting of these.</summary>
public sealed class Dials
{
    /// <summary>Most frames handed to the driver at a time; a quarter of its ring.</summary>
    public const int MaximumBatch = 32;

    private const int MaximumRestarts = 20; // each uses up a slot of the kernel's half, or of the heap
    private const int MaximumPeriod = 60_000;

    public int Batch { get; private set; } = 1;

    public InterruptMode Interrupts { get; private set; }

    public CompletionMode Completion { get; private set; }

    /// <summary>How often a dead driver is started anew; 0: nobody looks after it.</summary>
    public int Restarts { get; private set; }

    /// <summary>Something must be done a thousand times a second: batches that wait, devices that do not interrupt.</summary>
    public bool NeedsTicks => Batch > 1 || Interrupts == InterruptMode.Poll;

    /// <summary>Reads the words; the reason why they cannot be met, or null.</summary>
    public string? Read(CommandLine line, Threads.Watchdog watchdog)
    {
        string? reason = ReadBatch(line.Value("batch"u8)) ?? ReadRestarts(line.Value("restarts"u8));
        reason ??= ReadPeriod(line.Value("watchdog"u8), watchdog);
        reason ??= ReadInterrupts(line.Value("interrupts"u8)) ?? ReadCompletion(line.Value("completion"u8));
        return reason;
    }

    private string? ReadBatch(ReadOnlySpan<byte> text)
    {
        int number = NumberOf(text, absent: 1, lowest: 1, highest: MaximumBatch);
        Batch = number;
        return number < 0 ? "batch= must be 1 to 32" : null;
    }

    private string? ReadRestarts(ReadOnlySpan<byte> text)
    {
        int number = NumberOf(text, absent: 0, lowest: 0, highest: MaximumRestarts);
        Restarts = number;
        return number < 0 ? "restarts= must be 0 to 20" : null;
    }

    private static string? ReadPeriod(ReadOnlySpan<byte> text, Threads.Watchdog watchdog)
    {
        int number = NumberOf(text, absent: 0, lowest: 1, highest: MaximumPeriod);
        if (number > 0)
            watchdog.SetPeriod((ulong)number);
        return number < 0 ? "watchdog= must be 1 to 60000 milliseconds" : null;
    }

    private string? ReadInterrupts(ReadOnlySpan<byte> interrupts)
    {
        if (interrupts.SequenceEqual("moderated"u8))
            Interrupts = InterruptMode.Moderated;
        else if (interrupts.SequenceEqual("poll"u8))
            Interrupts = InterruptMode.Poll;
        else if (!interrupts.IsEmpty && !interrupts.SequenceEqual("frame"u8))
            return "interrupts= must be frame, moderated or poll";
        return null;
    }

    private string? ReadCompletion(ReadOnlySpan<byte> completion)
    {
        if (completion.SequenceEqual("wait"u8))
            Completion = CompletionMode.Wait;
        else if (completion.SequenceEqual("next"u8))
            Completion = CompletionMode.Next;
        else if (!completion.IsEmpty && !completion.SequenceEqual("queued"u8))
            return "completion= must be queued, wait or next";
        if (Completion == CompletionMode.Wait && Batch > 1)
            return "completion=wait waits for each frame, so a batch would never fill; use batch=1";
        return null;
    }

    // -1 if it is no number between the two.
    private static int NumberOf(ReadOnlySpan<byte> text, int absent, int lowest, int highest)
    {
        if (text.IsEmpty)
            return absent;
        int number = 0;
        foreach (byte digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > highest)
                return -1;
            number = (number * 10) + (digit - '0');
        }
        return number >= lowest && number <= highest ? number : -1;
    }
}
