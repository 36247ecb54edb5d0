// A device or wire of a machine whose other end is in this process. Next: MachineOptions.cs
using System.Collections.Generic;

namespace RingOS.Host.Machines;

/// <summary>A socket that QEMU inherits, and what it is told to do with it.</summary>
public interface IMachinePlug
{
    /// <summary>QEMU's arguments for it.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>The next process started is the machine. Called from the thread that starts it.</summary>
    void BeforeStart();

    /// <summary>The machine has its end, or could not be started; here it is closed. Called from the same thread, at once.</summary>
    void AfterStart();
}
