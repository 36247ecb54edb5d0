// One line an event and a hash over all lines: same seed, same hash. Next: TraceLine.cs
using System;
using System.IO;
using System.Security.Cryptography;

namespace RingOS.Ethernet;

/// <summary>Writes what happens in a form that is the same for the same run.</summary>
/// <remarks>Lines, times in bit times: <code>
///   TIME defer STATION FRAME since TIME
///   TIME attempt STATION FRAME NUMBER
///   TIME collision STATION FRAME ATTEMPT
///   TIME backoff STATION FRAME SLOTS          TIME is when it is over
///   TIME sent|excessive|late STATION FRAME bytes LENGTH digest HEX collisions NUMBER deferred 0|1 offered TIME started TIME
///   TIME received STATION FRAME
/// </code>The digest is FNV-1a of the frame's bytes, so a run that carries other contents has another hash.</remarks>
/// <param name="lines">Where the lines go besides the hash; stays open. Null for nowhere.</param>
public sealed class MediumTrace(Stream? lines = null) : IMediumObserver, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly TraceLine _line = new();

    public long Lines { get; private set; }

    /// <summary>SHA-256 of all lines so far, in lower-case hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void OnSent(int station, Frame frame, TransmitReport report)
    {
        Begin(report.EndedAt, WordFor(report.Outcome), station, frame);
        _line.Word("bytes"u8).Number(frame.Length).Word("digest"u8).Hexadecimal(Digest(frame.Bytes.Span));
        _line.Word("collisions"u8).Number(report.Collisions).Word("deferred"u8).Number(report.WasDeferred ? 1 : 0);
        _line.Word("offered"u8).Number(report.OfferedAt).Word("started"u8).Number(report.StartedAt);
        End();
    }

    public void OnReceived(int station, Frame frame, long at)
    {
        Begin(at, "received"u8, station, frame);
        End();
    }

    public void OnAttempt(int station, Frame frame, int attempt, long at) => Write(at, "attempt"u8, station, frame, attempt);

    public void OnDeferred(int station, Frame frame, long since, long at)
    {
        Begin(at, "defer"u8, station, frame);
        _line.Word("since"u8).Number(since);
        End();
    }

    public void OnCollision(int station, Frame frame, int attempt, long at) => Write(at, "collision"u8, station, frame, attempt);

    public void OnBackoff(int station, Frame frame, int slots, long until) => Write(until, "backoff"u8, station, frame, slots);

    public void Dispose() => _hash.Dispose();

    private static ReadOnlySpan<byte> WordFor(TransmitOutcome outcome) => outcome switch
    {
        TransmitOutcome.Sent => "sent"u8,
        TransmitOutcome.ExcessiveCollisions => "excessive"u8,
        _ => "late"u8,
    };

    private static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        ulong digest = 0xCBF2_9CE4_8422_2325;
        foreach (byte part in bytes)
            digest = (digest ^ part) * 0x100_0000_01B3;
        return digest;
    }

    private void Write(long at, ReadOnlySpan<byte> word, int station, Frame frame, long number)
    {
        Begin(at, word, station, frame);
        _line.Number(number);
        End();
    }

    private void Begin(long at, ReadOnlySpan<byte> word, int station, Frame frame)
        => _line.Clear().Number(at).Word(word).Number(station).Number(frame.Id);

    private void End()
    {
        ReadOnlySpan<byte> text = _line.Finish();
        _hash.AppendData(text);
        lines?.Write(text);
        Lines++;
    }
}
