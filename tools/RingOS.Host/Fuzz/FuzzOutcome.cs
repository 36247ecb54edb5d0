// What came of one machine of the fuzzer. Next: FuzzVerdict.cs
using System.Collections.Generic;

namespace RingOS.Host.Fuzz;

/// <summary>Something that must not be.</summary>
/// <param name="Kind">Names it: two runs with the same kind have failed alike.</param>
/// <param name="Detail">For people.</param>
public sealed record FuzzFailure(string Kind, string Detail);

/// <summary>How often a system call got an answer. Number 31 is all numbers that there are none of; status 0 is success.</summary>
public sealed record AnswerCount(int Number, int Status, long Count);

/// <summary>A run of the fuzzer.</summary>
public sealed record FuzzOutcome
{
    /// <summary>Null if all was well.</summary>
    public FuzzFailure? Failure { get; init; }

    /// <summary>Calls that were made, by the processes that said so.</summary>
    public long Calls { get; init; }

    /// <summary>Of all answers of all processes that said so: the same for the same run.</summary>
    public long Digest { get; init; }

    public IReadOnlyList<AnswerCount> Answers { get; init; } = [];

    /// <summary>One line for every call, if they were traced.</summary>
    public IReadOnlyList<string> Trace { get; init; } = [];
}
