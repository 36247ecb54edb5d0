// Four words in, four words out: the stack as a service sees it. Next: NetworkConfiguration.cs
using RingOS.Abi;

namespace RingOS.Net;

/// <summary>
/// Turns a <see cref="NetOperation"/> request into a call of the stack and its outcome into the words of the reply. The words come
/// from another domain and may be anything: what does not fit is InvalidArgument or BadHandle.
/// </summary>
public sealed class NetDispatcher(NetworkStack stack)
{
    /// <summary>Words 1 to 3 of the reply to the last request; 0 where the operation says nothing.</summary>
    public ulong Word1 { get; private set; }

    public ulong Word2 { get; private set; }

    public ulong Word3 { get; private set; }

    /// <summary>Serves one request; word 0 of the reply is the status returned. NoSuchSyscall for an unknown operation.</summary>
    public Status Dispatch(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        int socket = NetProtocol.SocketOf(word0);
        if (NetProtocol.OperationOf(word0) == NetOperation.Send)
            return Send(socket, word1, word2, word3);
        Word1 = 0;
        Word2 = 0;
        Word3 = 0;
        switch (NetProtocol.OperationOf(word0))
        {
            case NetOperation.Open:
                return Open(word1);
            case NetOperation.Close:
                return word1 <= ushort.MaxValue ? stack.Close(socket, (ushort)word1) : Status.InvalidArgument;
            case NetOperation.Bind:
                return stack.Bind(socket, word1);
            case NetOperation.Connect:
                return stack.Connect(socket, word1);
            case NetOperation.Receive:
                return Receive(socket);
            case NetOperation.Release:
                return word1 <= ushort.MaxValue ? stack.Release((ushort)word1) : Status.InvalidArgument;
            case NetOperation.Acquire:
                Word1 = stack.Acquire();
                return Status.Ok;
            case NetOperation.ReadCounter:
                return ReadCounter(word1);
            case NetOperation.LocalEndpoint:
                return LocalEndpoint(socket);
            case NetOperation.Describe:
                Word1 = stack.OffloadsUdpChecksum ? 1ul : 0;
                return Status.Ok;
            case NetOperation.Outcome:
                return stack.Outcome(socket);
            default:
                return Status.NoSuchSyscall;
        }
    }

    private Status Send(int socket, ulong packet, ulong length, ulong endpoint)
    {
        Word1 = NetProtocol.NoPacket;
        Word2 = 0;
        Word3 = 0;
        if (packet > ushort.MaxValue)
            return Status.InvalidArgument;
        // A length that does not fit is too long for every socket, so it may as well be the longest that does.
        ushort clamped = length > ushort.MaxValue ? ushort.MaxValue : (ushort)length;
        Status status = stack.Send(socket, (ushort)packet, clamped, endpoint, out ushort next);
        Word1 = next;
        return status;
    }

    private Status Open(ulong kind)
    {
        Word2 = NetProtocol.NoPacket;
        if (kind > int.MaxValue)
            return Status.ProtocolNotSupported;
        Status status = stack.Open((SocketKind)(int)kind, out int socket);
        if (status != Status.Ok)
            return status;
        Word1 = (uint)socket;
        Word2 = stack.Acquire();
        return Status.Ok;
    }

    private Status Receive(int socket)
    {
        Status status = stack.Receive(socket, out ushort packet, out uint extent, out ulong from);
        Word1 = packet;
        Word2 = extent;
        Word3 = from;
        return status;
    }

    private Status ReadCounter(ulong counter)
    {
        if (counter >= (ulong)NicCounter.Count)
            return Status.InvalidArgument;
        Word1 = stack.ReadCounter((NicCounter)(int)counter);
        return Status.Ok;
    }

    private Status LocalEndpoint(int socket)
    {
        ulong endpoint = stack.LocalEndpoint(socket);
        if (endpoint == 0)
            return Status.BadHandle;
        Word1 = NetProtocol.AddressOf(endpoint);
        Word2 = NetProtocol.PortOf(endpoint);
        return Status.Ok;
    }
}
