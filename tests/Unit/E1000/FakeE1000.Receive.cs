// The receiver of the model: filter, lent buffers, and the lies a broken device may tell. Manual 3.2. Next: E1000Machine.cs
using System;

namespace RingOS.Tests.Unit.E1000;

public partial class FakeE1000
{
    private const uint RctlEnable = 1u << 1;
    private const uint RctlBroadcast = 1u << 15;
    private const uint RctlStripFrameCheck = 1u << 26;
    private const int BufferSize = 2048;

    /// <summary>A word 1 that says "done" in a descriptor of either ring.</summary>
    public virtual ulong DoneInBothRings => 1ul << 32;

    /// <summary>A frame arrives. False if it was filtered out or lost for want of a buffer.</summary>
    /// <param name="frame">Without check sequence.</param>
    /// <param name="errors">The descriptor's error byte.</param>
    /// <param name="isLast">False leaves EOP clear, as if the frame went on in the next buffer.</param>
    public bool Deliver(byte[] frame, byte errors = 0, bool isLast = true)
    {
        if ((this[Rctl] & RctlEnable) == 0 || !PassesFilter(frame))
            return false;
        if (this[Rdh] == this[Rdt])
        {
            this[Mpc]++;
            Raise(Rxo);
            return false;
        }

        int frameCheck = (this[Rctl] & RctlStripFrameCheck) != 0 ? 0 : 4;
        int length = Math.Min(frame.Length + frameCheck, BufferSize);
        frame.AsSpan(0, Math.Min(frame.Length, length)).CopyTo(_bus.Access(_bus.Read64(NextReceiveDescriptor), length));
        WriteBackReceive(Report((ushort)length, errors, isLast));
        return true;
    }

    /// <summary>Word 1 of a descriptor that is done: length in bits 15:0, status in 39:32, errors in 47:40.</summary>
    public virtual ulong Report(ushort length, byte errors = 0, bool isLast = true)
        => length | (1ul << 32) | (isLast ? 1ul << 33 : 0) | ((ulong)errors << 40);

    /// <summary>Writes any word into the next lent descriptor and says that a frame has arrived.</summary>
    public virtual void WriteBackReceive(ulong word1)
    {
        (_, uint count) = Ring(Rdbal, Rdbah, Rdlen);
        _bus.Write64(NextReceiveDescriptor + 8, word1);
        this[Rdh] = (this[Rdh] + 1) % count;
        uint left = (this[Rdt] + count - this[Rdh]) % count;
        Raise(left <= count / 2 ? Rxt0 | Rxdmt0 : Rxt0);
    }

    /// <summary>A device gone mad: every descriptor of both rings holds these words, and every cause is raised.</summary>
    public void Scribble(ulong word0, ulong word1)
    {
        foreach ((ulong ring, uint count) in new[] { Ring(Tdbal, Tdbah, Tdlen), Ring(Rdbal, Rdbah, Rdlen) })
        {
            for (uint slot = 0; slot < count; slot++)
            {
                _bus.Write64(ring + slot * 16, word0);
                _bus.Write64(ring + slot * 16 + 8, word1);
            }
        }

        Raise(uint.MaxValue);
    }

    protected ulong NextReceiveDescriptor => Ring(Rdbal, Rdbah, Rdlen).Base + this[Rdh] * 16;

    private bool PassesFilter(byte[] frame)
    {
        ulong destination = 0;
        for (int index = 5; index >= 0; index--)
            destination = (destination << 8) | frame[index];
        if (destination == 0xFFFF_FFFF_FFFF)
            return (this[Rctl] & RctlBroadcast) != 0;
        return destination == (this[Ral] | ((ulong)(ushort)this[Rah] << 32));
    }
}
