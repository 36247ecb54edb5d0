// "/dev/nic": the NIC's counters, wherever its driver is. Next: ArchiveFile.cs
using RingOS.Abi;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Sockets;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Answers <see cref="IoctlRequest.GetNicCounters"/>.</summary>
public sealed class NicDevice(UserMemory memory, SocketLayer sockets) : KernelObject
{
    public override long Control(Thread caller, IoctlRequest request, ulong argument)
    {
        if (request != IoctlRequest.GetNicCounters)
            return -(long)Status.UnsupportedRequest;
        for (NicCounter counter = 0; counter < NicCounter.Count; counter++)
        {
            Status status = sockets.ReadCounter(counter, out ulong value);
            if (status == Status.Ok)
                status = memory.Write64(argument + ((ulong)counter * sizeof(ulong)), value);
            if (status != Status.Ok)
                return -(long)(status == Status.PeerGone ? sockets.Absence : status);
        }
        return 0;
    }
}
