// A bar while machines run, if somebody watches. Back to: CompareCommand.cs
using System;
using System.Threading.Tasks;
using RingOS.Host.Compare;
using Spectre.Console;

namespace RingOS.Cli;

/// <summary>Shows how far a comparison is.</summary>
internal static class ProgressBar
{
    /// <param name="work">Gets what it must tell before every machine.</param>
    public static async Task<T> WatchAsync<T>(Func<Action<ComparisonStep>, Task<T>> work)
    {
        if (Console.IsOutputRedirected || Console.IsErrorRedirected)
            return await work(static _ => { });
        return await Screen.Error.Progress().AutoClear(true).StartAsync(async context =>
        {
            ProgressTask bar = context.AddTask("starting");
            return await work(step => Advance(bar, step));
        });
    }

    private static void Advance(ProgressTask bar, ComparisonStep step)
    {
        bar.MaxValue = step.Total;
        bar.Value = step.Done;
        bar.Description = Markup.Escape(step.What);
    }
}
