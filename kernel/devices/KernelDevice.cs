// "/dev/kernel": the kernel's event counters and its books. Next: NicDevice.cs
using RingOS.Abi;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Answers <see cref="IoctlRequest.GetKernelCounters"/> and <see cref="IoctlRequest.GetKernelBooks"/>.</summary>
public sealed class KernelDevice(UserMemory memory, KernelCounters counters) : KernelObject
{
    public override long Control(Thread caller, IoctlRequest request, ulong argument) => request switch
    {
        IoctlRequest.GetKernelCounters => ReadCounters(argument),
        IoctlRequest.GetKernelBooks => ReadBooks(caller, argument),
        _ => -(long)Status.UnsupportedRequest,
    };

    private long ReadCounters(ulong argument)
    {
        for (KernelCounter counter = 0; counter < KernelCounter.Count; counter++)
        {
            Status status = memory.Write64(argument + ((ulong)counter * sizeof(ulong)), counters.Read(counter));
            if (status != Status.Ok)
                return -(long)status;
        }
        return 0;
    }

    private long ReadBooks(Thread caller, ulong argument)
    {
        for (KernelBook book = 0; book < KernelBook.Count; book++)
        {
            Status status = memory.Write64(argument + ((ulong)book * sizeof(ulong)), Books.Read(KernelEntry.Nucleus, caller, book));
            if (status != Status.Ok)
                return -(long)status;
        }
        return 0;
    }
}
