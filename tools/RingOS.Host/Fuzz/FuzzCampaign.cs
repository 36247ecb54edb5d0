// Many machines, one after the other, until so many calls have been made. Next: PeerFrames.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace RingOS.Host.Fuzz;

/// <summary>What to fuzz.</summary>
public sealed record FuzzOptions
{
    public const int MostProcesses = 8;

    private const int FewestProcesses = 2;
    private const long FramesPerMachine = 10_000;

    /// <summary>System calls, of all processes and machines together; 0 for none.</summary>
    public long Calls { get; init; } = 200_000;

    /// <summary>Hostile frames, of all machines together; 0 for none.</summary>
    public long Frames { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>In turn.</summary>
    public IReadOnlyList<FuzzScenario> Scenarios { get; init; } = FuzzScenario.All;

    public int Processes { get; init; } = 4;

    /// <summary>Calls a machine, so that processes end and books are balanced often enough.</summary>
    public long CallsPerMachine { get; init; } = 40_000;

    /// <summary>Machines that making a failure smaller may take.</summary>
    public int ShrinkRuns { get; init; } = 200;

    /// <summary>Frames in the place of calls: one sender, every placement that has a network.</summary>
    public FuzzOptions ForFrames()
    {
        FuzzScenario[] scenarios = [.. Scenarios.Where(static scenario => scenario.HasNetwork)];
        if (scenarios.Length == 0)
            throw new RingOsException("frames need a placement with a network", exitCode: 2);
        long most = Math.Max(1, (Frames + scenarios.Length - 1) / scenarios.Length);
        return this with { Calls = Frames, Frames = 0, Processes = 1, Scenarios = scenarios, CallsPerMachine = Math.Min(most, FramesPerMachine) };
    }

    /// <exception cref="RingOsException">The options make no sense.</exception>
    public void Check()
    {
        if (Calls < 0 || Frames < 0 || Calls + Frames == 0)
            throw new RingOsException("nothing to do: give --calls or --frames a number of 1 or more", exitCode: 2);
        if (Processes is < FewestProcesses or > MostProcesses)
            throw new RingOsException($"--processes {Processes}: choose {FewestProcesses} to {MostProcesses}", exitCode: 2);
        if (ShrinkRuns < 0)
            throw new RingOsException("--shrink is a number of machines, 0 or more", exitCode: 2);
        if (Frames > 0)
            _ = ForFrames();
    }
}

/// <summary>What a campaign did.</summary>
/// <param name="Machines">Machines that ran.</param>
/// <param name="Calls">Calls they made.</param>
/// <param name="Answers">How often each call got each answer.</param>
/// <param name="Failure">The first failure, which ended the campaign; null if there was none.</param>
public sealed record FuzzResult(int Machines, long Calls, IReadOnlyList<AnswerCount> Answers, ShrunkFailure? Failure);

/// <summary>Runs plans. Machine n has the seed of the first plus n, so that it can be run again alone.</summary>
/// <param name="options">How many calls, where.</param>
/// <param name="runner">What runs a plan.</param>
/// <param name="onFailure">Told of a failure before it is made small; may be null.</param>
public sealed class FuzzCampaign(FuzzOptions options, IFuzzRunner runner, Action<FuzzPlan, FuzzFailure>? onFailure = null)
{
    private readonly Dictionary<(int Number, int Status), long> _answers = [];
    private long _calls;
    private int _machines;

    /// <param name="onStep">Told what is being done, and how much of it is done.</param>
    public async Task<FuzzResult> RunAsync(Action<string, double> onStep, CancellationToken cancellation)
    {
        while (_calls < options.Calls)
        {
            FuzzPlan plan = NextPlan();
            onStep($"{plan.Scenario.Placement}: {_calls:#,0} calls", (double)_calls / options.Calls);
            FuzzOutcome outcome = await runner.RunAsync(plan, cancellation);
            _machines++;
            _calls += outcome.Calls;
            Add(outcome.Answers);
            if (outcome.Failure is { } failure)
            {
                onFailure?.Invoke(plan, failure);
                return Result(await ShrinkAsync(plan, outcome, onStep, cancellation));
            }
            if (outcome.Calls == 0)
                throw new RingOsException("the fuzzer made no calls; build the images with: ./ringos build");
        }
        return Result(failure: null);
    }

    private FuzzPlan NextPlan()
    {
        long calls = Math.Min(options.CallsPerMachine, options.Calls - _calls);
        return new FuzzPlan
        {
            Scenario = options.Scenarios[_machines % options.Scenarios.Count],
            Seed = unchecked(options.Seed + (ulong)_machines),
            Calls = Math.Max(1, (calls + options.Processes - 1) / options.Processes),
            Processes = options.Processes,
        };
    }

    private Task<ShrunkFailure> ShrinkAsync(FuzzPlan plan, FuzzOutcome outcome, Action<string, double> onStep, CancellationToken cancellation)
        => new FuzzShrinker(runner, options.ShrinkRuns).ShrinkAsync(
            plan, outcome, left => onStep($"{outcome.Failure!.Kind}: {left:#,0} calls left", (double)_calls / options.Calls), cancellation);

    private void Add(IReadOnlyList<AnswerCount> answers)
    {
        foreach (AnswerCount answer in answers)
            _answers[(answer.Number, answer.Status)] = _answers.GetValueOrDefault((answer.Number, answer.Status)) + answer.Count;
    }

    private FuzzResult Result(ShrunkFailure? failure)
        => new(_machines, _calls, [.. _answers.Select(static pair => new AnswerCount(pair.Key.Number, pair.Key.Status, pair.Value))], failure);
}
