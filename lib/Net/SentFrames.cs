// Whose frame the driver has: needed only where somebody wants to know what became of it. Next: NicPort.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>Frames on their way, by packet. With completion=wait their socket's user asks for the outcome, with next its next write is told.</summary>
internal sealed class SentFrames(int packets, SocketTable sockets, INetworkUser user, CompletionMode completion)
{
    private const sbyte Nobody = -1;

    private readonly sbyte[] _sockets = Cleared(packets);

    /// <summary>The driver is about to get a frame of this socket.</summary>
    public void Add(ushort packet, int socket)
    {
        _sockets[packet] = (sbyte)socket;
        Socket sender = sockets.All[socket];
        if (sender.InFlight++ == 0)
            sender.HasLost = false; // of a frame whose writer has given up waiting
    }

    /// <summary>The socket is closed: its frames are nobody's.</summary>
    public void Forget(int socket)
    {
        for (int packet = 0; packet < _sockets.Length; packet++)
        {
            if (_sockets[packet] == socket)
                _sockets[packet] = Nobody;
        }
    }

    /// <summary>The driver did not take it.</summary>
    public void Remove(ushort packet) => _ = Take(packet, out _);

    /// <summary>The driver has reported on it.</summary>
    public void OnTransmitted(ushort packet, TransmitOutcome outcome)
    {
        Socket? sender = Take(packet, out int number);
        if (sender is null)
            return;
        if (outcome != TransmitOutcome.Sent && completion == CompletionMode.Next)
            sender.Fail(Status.IoError);
        if (outcome != TransmitOutcome.Sent)
            sender.HasLost = completion == CompletionMode.Wait;
        if (completion == CompletionMode.Wait)
            user.OnSocketReady(number);
    }

    // The socket may have been closed, and opened by somebody else, since.
    private Socket? Take(ushort packet, out int number)
    {
        number = _sockets[packet];
        _sockets[packet] = Nobody;
        Socket? sender = number == Nobody ? null : sockets.Find(number);
        if (sender is null || sender.InFlight == 0)
            return null;
        sender.InFlight--;
        return sender;
    }

    private static sbyte[] Cleared(int packets)
    {
        sbyte[] numbers = new sbyte[packets];
        for (int packet = 0; packet < packets; packet++)
            numbers[packet] = Nobody;
        return numbers;
    }
}
