// Who may run when. Subject: tools/RingOS.Hub/Conductor.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using RingOS.Abi;
using RingOS.Ethernet;
using RingOS.Hub;
using Xunit;

namespace RingOS.Tests.Unit.Hub;

public sealed class ConductorTests
{
    private const ulong Start = SimulatedClockProtocol.Beginning;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly MediumTrace _trace = new();

    [Fact]
    public void TimePassesOnlyToTheNextThingThatHappens()
    {
        ScriptedStation station = Scripted(s => s.WakeAt = Start + 700, s => s.WakeAt = Start + 900);
        Conductor conductor = Conduct(station);
        Assert.Equal([(Start + 700, false), (Start + 900, false)], station.Runs.Take(2));
        Assert.Equal(Start + 900, conductor.Now);
        Assert.Null(conductor.Trouble);
    }

    [Fact]
    public void TheNicInterruptsBeforeTheTimer()
    {
        ScriptedStation station = Scripted(
            s =>
            {
                s.HasInterrupt = true;
                s.WakeAt = Start;
            },
            static _ => { });
        _ = Conduct(station);
        Assert.Equal([(Start, true), (Start, false)], station.Runs.Take(2));
    }

    [Fact]
    public void GuestsThatAllWaitForEverEndTheRun()
    {
        Conductor conductor = Conduct(Scripted(static _ => { }, static _ => { }), Scripted(static _ => { }, static _ => { }));
        Assert.NotNull(conductor.Trouble);
    }

    [Fact]
    public void AGuestThatNeverStopsIsGivenUpAndTheOthersGoOn()
    {
        ScriptedStation hung = new(new Queue<Action<ScriptedStation>>([ScriptedStation.Hang]));
        ScriptedStation good = Scripted(s => s.WakeAt = Start + 5, s => s.WakeAt = Start + 10);
        Conductor conductor = Conduct(TimeSpan.FromMilliseconds(50), hung, good);
        Assert.True(hung.IsGivenUp);
        Assert.False(good.IsGivenUp);
        Assert.Equal(Start + 10, conductor.Now);
    }

    [Fact]
    public void FramesAreTakenInTheOrderOfStationsWhoeverStopsFirst()
    {
        HashSet<string> hashes = [];
        for (int round = 0; round < 20; round++)
        {
            MediumTrace trace = new();
            ScriptedStation[] stations = [.. Enumerable.Range(0, 4).Select(number => Sender(number, isSlow: (round + number) % 3 != 0))];
            _ = Conduct(s_patience, trace, stations);
            _ = hashes.Add(trace.Hash);
        }
        Assert.Single(hashes);
    }

    [Fact]
    public void TheRunEndsWithItsSubject()
    {
        ScriptedStation subject = Scripted(s => s.WakeAt = Start + 5);
        ScriptedStation other = Scripted([.. Enumerable.Range(1, 100).Select(i => (Action<ScriptedStation>)(s => s.WakeAt = Start + ((ulong)i * 10)))]);
        Medium medium = Medium.Create(MediumOptions.OfStations(2), _trace);
        Conductor conductor = new([subject, other], medium, s_patience) { EndsWith = 0 };
        subject.Begin();
        other.Begin();
        conductor.Run(CancellationToken.None);
        Assert.True(conductor.Now < Start + 50);
    }

    // Sends at the same moments as all others do.
    private static ScriptedStation Sender(int number, bool isSlow)
        => new(
            new Queue<Action<ScriptedStation>>([
                s => s.WakeAt = Start + 1_000,
                s =>
                {
                    s.Send(100 + number);
                    s.WakeAt = Start + 900_000_000;
                },
            ]),
            isSlow);

    private static ScriptedStation Scripted(params Action<ScriptedStation>[] steps) => new(new Queue<Action<ScriptedStation>>(steps));

    private Conductor Conduct(params ScriptedStation[] stations) => Conduct(s_patience, _trace, stations);

    private Conductor Conduct(TimeSpan patience, params ScriptedStation[] stations) => Conduct(patience, _trace, stations);

    private static Conductor Conduct(TimeSpan patience, MediumTrace trace, ScriptedStation[] stations)
    {
        Medium medium = Medium.Create(MediumOptions.OfStations(stations.Length), trace);
        Conductor conductor = new(stations, medium, patience);
        foreach (ScriptedStation station in stations)
            station.Begin();
        conductor.Run(CancellationToken.None);
        return conductor;
    }
}
