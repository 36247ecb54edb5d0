// The receiver of the model: filter, lent buffers, and the lies a broken device may tell. Manual 3.2. Next: E1000Machine.cs
using System;

namespace RingOS.Tests.Unit.E1000;

public sealed partial class FakeE1000
{
    private const uint RctlEnable = 1u << 1;
    private const uint RctlBroadcast = 1u << 15;
    private const uint RctlStripFrameCheck = 1u << 26;
    private const int BufferSize = 2048;

    // Status in bits 39:32 of word 1, errors in 47:40.
    public const ulong ReceiveDone = 1ul << 32;
    public const ulong ReceiveEndOfPacket = 1ul << 33;

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
        ulong status = ReceiveDone | (isLast ? ReceiveEndOfPacket : 0) | ((ulong)errors << 40);
        WriteBackReceive((uint)length | status);
        return true;
    }

    /// <summary>Writes any word into the next lent descriptor and says that a frame has arrived.</summary>
    public void WriteBackReceive(ulong word1)
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

    private ulong NextReceiveDescriptor => Ring(Rdbal, Rdbah, Rdlen).Base + this[Rdh] * 16;

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
