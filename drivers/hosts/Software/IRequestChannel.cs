// How requests reach a driver thread of the kernel; implemented there. Next: SoftwareHost.cs
using RingOS.Abi;

namespace RingOS.Hosts.Software;

/// <summary>A request, or signals: what ServiceHost gets in registers.</summary>
public sealed class NicRequest
{
    /// <summary>Nobody waits for an answer; the signals are in <see cref="Word0"/>.</summary>
    public bool IsNotification { get; set; }

    public ulong Word0;
    public ulong Word1;
    public ulong Word2;
    public ulong Word3;

    /// <summary>The word of <see cref="IRequestChannel.Pending"/> that was served besides, and signals received; cleared with the answer.</summary>
    public ulong Served { get; set; }
}

/// <summary>The thread's end of its endpoint.</summary>
public interface IRequestChannel
{
    /// <summary>Signals not taken yet, a <see cref="SignalWord"/>; 0 if there are none.</summary>
    ulong Pending { get; }

    Status Receive(NicRequest request);

    /// <summary>Answers whoever was served last, then waits for the next.</summary>
    Status ReplyReceive(NicRequest request);
}
