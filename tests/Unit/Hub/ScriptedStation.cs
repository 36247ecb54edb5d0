// A guest that does what a test says, at once or later and from another thread. Stands for: tools/RingOS.Hub/Station.cs
using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using RingOS.Hub;

namespace RingOS.Tests.Unit.Hub;

/// <summary>Each time it runs, the next step of its script decides what it does before it stands still again.</summary>
internal sealed class ScriptedStation(Queue<Action<ScriptedStation>> script, bool isSlow = false) : IStation
{
    private ReadOnlyMemory<byte>? _frame;

    public ulong WakeAt { get; set; } = ulong.MaxValue;

    public ulong NicWakesAt => ulong.MaxValue;

    public bool HasInterrupt { get; set; }

    public Action<StationState>? Stopped { get; set; }

    public ulong Now { get; private set; }

    public bool IsGivenUp { get; private set; }

    /// <summary>Times at which it ran, and whether its NIC woke it.</summary>
    public List<(ulong Time, bool ByNic)> Runs { get; } = [];

    public void Send(int length = 100)
    {
        byte[] frame = new byte[length];
        frame[0] = 2;
        _frame = frame;
    }

    public uint? TakeBackoffSeed() => null;

    public ReadOnlyMemory<byte>? TakeFrame()
    {
        ReadOnlyMemory<byte>? frame = _frame;
        _frame = null;
        return frame;
    }

    public void SetTime(ulong nanoseconds) => Now = nanoseconds;

    public void AdvanceTo(ulong nanoseconds)
    {
    }

    public void Run(bool byNic)
    {
        Runs.Add((Now, byNic));
        if (byNic)
            HasInterrupt = false;
        else
            WakeAt = ulong.MaxValue;
        Begin();
    }

    /// <summary>What power-on is for a guest.</summary>
    public void Begin()
    {
        if (isSlow)
            Task.Run(Step);
        else
            Step();
    }

    public void GiveUp()
    {
        IsGivenUp = true;
        Stopped!(StationState.Gone);
    }

    private void Step()
    {
        if (script.Count == 0)
        {
            Stopped!(StationState.Gone);
            return;
        }
        Action<ScriptedStation> step = script.Dequeue();
        step(this);
        if (step != Hang)
            Stopped!(StationState.Idle);
    }

    /// <summary>A step that never ends.</summary>
    public static void Hang(ScriptedStation station)
    {
    }
}
