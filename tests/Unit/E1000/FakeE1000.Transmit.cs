// The transmitter of the model: descriptors, checksum context, outcomes. Manual 3.3, 3.4. Next: FakeE1000.Receive.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using RingOS.Abi;

namespace RingOS.Tests.Unit.E1000;

public partial class FakeE1000
{
    private const uint TctlEnable = 1u << 1;
    private const uint TctlPadShort = 1u << 3;

    // Word 1 of a descriptor: DTYP in 23:20, DCMD in 31:24, STA in 35:32, POPTS in 47:40.
    private const ulong DescriptorType = 0xFul << 20;
    private const ulong DataType = 1ul << 20;
    private const ulong EndOfPacket = 1ul << 24;
    private const ulong InsertFrameCheck = 1ul << 25;
    private const ulong SegmentOrReserved = (1ul << 26) | (1ul << 28) | (1ul << 30) | (1ul << 31);
    private const ulong ReportStatus = 1ul << 27;
    private const ulong Extended = 1ul << 29;
    private const ulong Done = 1ul << 32;
    private const ulong ExcessiveCollisions = 1ul << 33;
    private const ulong LateCollision = 1ul << 34;
    private const ulong InsertTransportChecksum = 1ul << 41;

    private ulong? _context;

    /// <summary>Frames that have left, in order, without their check sequence.</summary>
    public List<byte[]> Wire { get; } = [];

    /// <summary>Context descriptors read since the last reset.</summary>
    public int Contexts { get; private set; }

    /// <summary>As QEMU's model: the frame has left when the write to the tail returns.</summary>
    public bool CompletesInDoorbell { get; set; }

    /// <summary>Works until the next frame has met its fate. False if there was none.</summary>
    public bool CompleteOne(TransmitOutcome outcome = TransmitOutcome.Sent)
    {
        (ulong ring, uint count) = Ring(Tdbal, Tdbah, Tdlen);
        while ((this[Tctl] & TctlEnable) != 0 && this[Tdh] != this[Tdt])
        {
            ulong descriptor = ring + this[Tdh] * 16;
            ulong word0 = _bus.Read64(descriptor);
            ulong word1 = _bus.Read64(descriptor + 8);
            bool isFrame = Process(word0, word1, outcome);
            this[Tdh] = (this[Tdh] + 1) % count;
            if ((word1 & ReportStatus) != 0)
            {
                _bus.Write64(descriptor + 8, word1 | Done | StatusOf(outcome));
                Raise(Txdw);
            }

            if (isFrame)
                return true;
        }

        return false;
    }

    /// <summary>Lets everything leave that has been handed over. Returns the number of frames.</summary>
    public int Advance()
    {
        int frames = 0;
        while (CompleteOne())
            frames++;
        return frames;
    }

    private static ulong StatusOf(TransmitOutcome outcome) => outcome switch
    {
        TransmitOutcome.ExcessiveCollisions => ExcessiveCollisions,
        TransmitOutcome.LateCollision => LateCollision,
        _ => 0,
    };

    private void OnTransmitTail()
    {
        if (CompletesInDoorbell)
            Advance();
    }

    private void ForgetContext()
    {
        _context = null;
        Contexts = 0;
    }

    private bool Process(ulong word0, ulong word1, TransmitOutcome outcome)
    {
        if ((word1 & Extended) == 0 || (word1 & SegmentOrReserved) != 0)
            throw new InvalidOperationException($"The model does not know this descriptor: {word1:X16}.");
        if ((word1 & DescriptorType) != DataType)
        {
            _context = word0;
            Contexts++;
            return false;
        }

        if ((word1 & EndOfPacket) == 0 || (word1 & InsertFrameCheck) == 0 || (word1 & (Done | ExcessiveCollisions | LateCollision)) != 0)
            throw new InvalidOperationException($"Unfit for a frame in one buffer: {word1:X16}.");
        byte[] frame = _bus.Access(word0, (int)(word1 & 0xFFFFF)).ToArray();
        if ((word1 & InsertTransportChecksum) != 0)
            CompleteChecksum(frame);
        if (frame.Length < 60 && (this[Tctl] & TctlPadShort) != 0)
            Array.Resize(ref frame, 60);
        if (outcome == TransmitOutcome.Sent)
            Wire.Add(frame);
        return true;
    }

    /// <summary>Sums from TUCSS to the end (TUCSE = 0), the checksum field with what it holds included, and replaces the field.</summary>
    private void CompleteChecksum(byte[] frame)
    {
        ulong context = _context ?? throw new InvalidOperationException("TXSM without a context.");
        int start = (byte)(context >> 32);
        int offset = (byte)(context >> 40);
        if ((ushort)(context >> 48) != 0)
            throw new InvalidOperationException("The model sums to the end of the frame only.");
        ushort sum = (ushort)~Sum(frame.AsSpan(start));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(offset), sum == 0 ? (ushort)0xFFFF : sum);
    }

    /// <summary>The one's complement sum of RFC 1071.</summary>
    public static ushort Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int index = 0; index < bytes.Length; index++)
            sum += (index & 1) == 0 ? (uint)bytes[index] << 8 : bytes[index];
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)sum;
    }
}
