// An expected failure: one line for the user, with its remedy; never a stack trace. Next: Repository.cs
using System;

namespace RingOS.Host;

/// <summary>Something the user can set right. The tool prints the message on standard error and ends with <see cref="ExitCode"/>.</summary>
/// <param name="message">What is wrong and what to do about it; further lines may quote evidence.</param>
/// <param name="exitCode">1 for failures, 2 for a command line that cannot be used.</param>
public sealed class RingOsException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
