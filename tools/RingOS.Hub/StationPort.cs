// Between a NIC and the medium: holds what the NIC hands over until the medium may take it. Back to: Station.cs
using System;
using RingOS.Devices;

namespace RingOS.Hub;

/// <summary>One frame at a time. Used by whoever uses the NIC.</summary>
internal sealed class StationPort : INicPort
{
    private ReadOnlyMemory<byte>? _frame;
    private uint? _newSeed;
    private uint? _seed;

    public bool IsBusy { get; private set; }

    public uint BackoffSeed
    {
        set
        {
            if (_seed != value)
                _newSeed = value; // the medium starts anew with a seed, so it hears only of changes
            _seed = value;
        }
    }

    /// <summary>Gives a frame to the medium if that is at work now; false if it is not.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? OfferAtOnce { get; set; }

    public void Offer(ReadOnlyMemory<byte> frame)
    {
        IsBusy = true;
        if (OfferAtOnce?.Invoke(frame) != true)
            _frame = frame;
    }

    public ReadOnlyMemory<byte>? TakeFrame()
    {
        ReadOnlyMemory<byte>? frame = _frame;
        _frame = null;
        return frame;
    }

    public uint? TakeBackoffSeed()
    {
        uint? seed = _newSeed;
        _newSeed = null;
        return seed;
    }

    /// <summary>The medium is done with the frame.</summary>
    public void Free() => IsBusy = false;
}
