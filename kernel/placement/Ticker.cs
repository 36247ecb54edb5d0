// What must be done a thousand times a second where nobody else has a thread for it. Back to: Placer.cs
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Placement;

/// <summary>Something that has to be done now and then.</summary>
public interface ITicked
{
    void OnTick();
}

/// <summary>A thread of the kernel that sleeps most of the time.</summary>
public sealed class Ticker(Scheduler scheduler, ITicked ticked) : IKernelWork
{
    private const ulong PerSecond = 1000;

    private readonly ThreadQueue _nobody = new();

    /// <summary>When the next thousandth of a second is over.</summary>
    public static ulong Next(Scheduler scheduler) => scheduler.Now + (scheduler.TicksPerSecond / PerSecond);

    public void Run()
    {
        for (; ; )
        {
            scheduler.BlockIn(_nobody, Next(scheduler));
            ticked.OnTick();
        }
    }
}
