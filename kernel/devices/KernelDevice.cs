// "/dev/kernel": the kernel's event counters. Next: NicDevice.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Answers <see cref="IoctlRequest.GetKernelCounters"/>.</summary>
public sealed class KernelDevice(UserMemory memory, KernelCounters counters) : KernelObject
{
    public override long Control(Thread caller, IoctlRequest request, ulong argument)
    {
        if (request != IoctlRequest.GetKernelCounters)
            return -(long)Status.UnsupportedRequest;
        for (KernelCounter counter = 0; counter < KernelCounter.Count; counter++)
        {
            Status status = memory.Write64(argument + ((ulong)counter * sizeof(ulong)), counters.Read(counter));
            if (status != Status.Ok)
                return -(long)status;
        }
        return 0;
    }
}
