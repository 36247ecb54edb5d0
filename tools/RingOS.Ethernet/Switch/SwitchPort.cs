// A port's way out: a finite queue. Back to: SwitchMedium.cs
using System.Collections.Generic;

namespace RingOS.Ethernet;

/// <summary>Frames that wait for the cable to one station, oldest first.</summary>
internal sealed class SwitchPort(int mostQueued)
{
    private readonly Queue<Frame> _waiting = new();

    /// <summary>A frame, or the gap after it, is on the cable.</summary>
    public bool IsSending { get; set; }

    /// <returns>False if the queue is full: the frame is dropped.</returns>
    public bool TryQueue(Frame frame)
    {
        if (_waiting.Count >= mostQueued)
            return false;
        _waiting.Enqueue(frame);
        return true;
    }

    public bool TryTake(out Frame? frame) => _waiting.TryDequeue(out frame);
}
