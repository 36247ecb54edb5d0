// A medium that does nothing by itself: the test says what becomes of each frame. Next: ModelMachine.cs
using System;
using System.Collections.Generic;
using RingOS.Devices;

namespace RingOS.Tests.Unit.Bcm5721;

public sealed class TestPort : INicPort
{
    /// <summary>All frames offered, in order.</summary>
    public List<byte[]> Offered { get; } = [];

    /// <summary>Frames that left.</summary>
    public List<byte[]> Wire { get; } = [];

    public bool IsBusy { get; private set; }

    public uint BackoffSeed { get; set; }

    /// <summary>The end of a frame that is over when <see cref="Offer"/> returns.</summary>
    public TransmitResult? AtOnce { get; set; }

    public Action<TransmitResult>? Tell { get; set; }

    public void Offer(ReadOnlyMemory<byte> frame)
    {
        if (IsBusy)
            throw new InvalidOperationException("A second frame was offered before the first one's end was told.");
        IsBusy = true;
        Offered.Add(frame.ToArray());
        if (AtOnce is TransmitResult result)
            Finish(result);
    }

    /// <summary>The frame offered last has met its end. False if there is none.</summary>
    public bool Finish(TransmitResult result = default)
    {
        if (!IsBusy)
            return false;
        IsBusy = false;
        if (result.End == TransmitEnd.Sent)
            Wire.Add(Offered[^1]);
        Tell?.Invoke(result);
        return true;
    }
}
