// What became of one frame, in the words of the device. Datasheet 5.2. Next: ReceiveBuffer.cs
using RingOS.Abi;

namespace RingOS.Drivers.Rtl8139;

/// <summary>
/// A transmit status register (TSD): one for each frame on its way. Of all real NICs this is the best model of a status per frame: it says
/// how often this very frame collided, and whether the device gave it up, and why. A tg3 has only counters, an e1000 two bits. QEMU's model
/// sends every frame at once and never sets a collision bit.
/// </summary>
internal readonly struct TransmitStatus(uint value)
{
    /// <summary>To be written: there is no frame for the device here (OWN).</summary>
    public const uint NoFrame = 1u << 13;

    private const uint Underrun = 1u << 14; // TUN: the device has sent it once more
    private const uint Ok = 1u << 15; // TOK
    private const int CollisionCount = 24; // NCC, bits 27:24
    private const uint MostCollisions = 0xF;
    private const uint LateCollision = 1u << 29; // OWC: out of window
    private const uint Aborted = 1u << 30; // TABT: 16 attempts, or a late collision

    private const int Threshold = 16; // ERTXTH, bits 21:16, in units of 32 bytes
    private const uint StartAt256Bytes = 8;

    /// <summary>To be written: hands a frame to the device (OWN = 0), which starts when 256 bytes of it are in the chip.</summary>
    /// <param name="length">Bytes, at least 60: this device does not pad.</param>
    public static uint Start(uint length) => length | (StartAt256Bytes << Threshold);

    public bool IsDone => (value & (Ok | Underrun | LateCollision | Aborted)) != 0;

    /// <summary>The transmitter has stopped with this frame.</summary>
    public bool HasStopped => (value & Aborted) != 0;

    /// <summary>How often it collided on its way.</summary>
    public uint Collisions => (value >> CollisionCount) & MostCollisions;

    /// <summary>Both bits: the late collision is why it was given up.</summary>
    public TransmitOutcome Outcome
        => (value & LateCollision) != 0 ? TransmitOutcome.LateCollision
            : (value & Aborted) != 0 ? TransmitOutcome.ExcessiveCollisions
            : TransmitOutcome.Sent;
}
