// QEMU's errors as they come: KVM that cannot go on prints registers, and QEMU then waits for somebody to look. Back to: KvmProbe.cs
using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Machines;

/// <summary>Reads QEMU's standard error to its end, and tells when KVM has given up.</summary>
internal sealed class KvmWatch
{
    // accel/kvm/kvm-all.c, kvm_handle_internal_error; target/i386/cpu-dump.c ends with the bytes at the instruction.
    private const string Problem = "KVM internal error";
    private const string LastLine = "Code=";

    private readonly StringBuilder _text = new();
    private readonly CancellationTokenSource _gaveUp = new();

    /// <summary>Cancelled when KVM has given up and everything about it has been read.</summary>
    public CancellationToken GaveUp => _gaveUp.Token;

    public string Text => _text.ToString();

    public async Task ReadAsync(StreamReader errors)
    {
        bool isProblem = false;
        while (await errors.ReadLineAsync() is string line)
        {
            _text.Append(line).Append('\n');
            isProblem |= line.StartsWith(Problem, StringComparison.Ordinal);
            if (isProblem && line.StartsWith(LastLine, StringComparison.Ordinal))
                await _gaveUp.CancelAsync();
        }
    }

    /// <summary>What happened in a few words, with the instruction's bytes; null if KVM did not give up.</summary>
    public static string? ProblemIn(string errors)
    {
        if (!errors.Contains(Problem, StringComparison.Ordinal))
            return null;
        return CodeIn(errors) is { Length: > 0 } code
            ? $"KVM cannot execute an instruction of the guest (its bytes: {code})"
            : "KVM cannot execute an instruction of the guest";
    }

    // "Code=e6 e9 <0f> 01 ca b0": the mark is where the instruction begins.
    private static string CodeIn(string errors)
    {
        const int Shown = 15; // the longest instruction there is
        int mark = errors.LastIndexOf('<');
        if (mark < 0 || !errors[..mark].Contains(LastLine, StringComparison.Ordinal))
            return "";
        string[] bytes = errors[mark..].Split('\n')[0].Replace("<", "", StringComparison.Ordinal)
            .Replace(">", "", StringComparison.Ordinal).Split(' ');
        return string.Join(' ', bytes[..Math.Min(bytes.Length, Shown)]);
    }
}
