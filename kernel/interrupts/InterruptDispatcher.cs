// From a vector to whoever handles it. Next: Faults.cs
using System.Runtime.CompilerServices;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Interrupts;

/// <summary>Every interrupt that is not an exception comes here.</summary>
public sealed class InterruptDispatcher
{
    private readonly InterruptController _controller;
    private readonly LocalTimer _timer;
    private readonly Scheduler _scheduler;
    private readonly KernelCounters _counters;
    private readonly ControllerLine[] _lines = new ControllerLine[InterruptController.LineCount];

    public InterruptDispatcher(InterruptController controller, LocalTimer timer, Scheduler scheduler, KernelCounters counters)
    {
        _controller = controller;
        _timer = timer;
        _scheduler = scheduler;
        _counters = counters;
        Message = new MessageLine(timer);
        for (int number = 0; number < _lines.Length; number++)
            _lines[number] = new ControllerLine(controller, number);
    }

    /// <summary>For the one device that interrupts by message.</summary>
    public MessageLine Message { get; }

    /// <summary>
    /// Handles the interrupt, if there is one, that the processor has taken but found no room on the stack for: unserved it would block all others.
    /// </summary>
    public void ServeTaken()
    {
        int vector = _timer.Taken;
        if (vector < 0 && _controller.Taken is >= 0 and int line)
            vector = InterruptController.FirstVector + line;
        if (vector >= 0)
            Dispatch(vector);
    }

    public InterruptLine Line(int number) => _lines[number];

    /// <summary>Handles one interrupt.</summary>
    /// <param name="vector">32 to 255.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Dispatch(int vector)
    {
        _counters.Interrupts++;
        int line = vector - InterruptController.FirstVector;
        if ((uint)line < InterruptController.LineCount)
        {
            if ((line & 7) != 7 || !_controller.IsSpurious(line))
                _lines[line].Raise();
            return;
        }
        if (vector == MessageLine.Vector)
            Message.Raise();
        if (vector is LocalTimer.Vector or SimulatedClock.Vector)
        {
            _timer.EndInterrupt();
            _scheduler.OnTimer();
        }
    }
}
