// How the kernel's socket layer asks a network stack, wherever that is placed. Next: SocketAddress.cs
namespace RingOS.Abi;

/// <summary>Word 0 of a request to the network service: operation in bits 7:0, socket in bits 31:8. The reply's word 0 is a <see cref="Status"/>.</summary>
/// <remarks>
/// An IPv4 endpoint travels as one word: address in bits 31:0 (host order, 10.0.2.15 = 0x0A00020F), port in bits 47:32 (host order).
/// Packets: the kernel fills the payload of a packet it owns and passes it with <see cref="Send"/>; the reply's word 1 is the packet
/// it owns next (<see cref="NoPacket"/> if the pool is empty), also when the send failed.
/// </remarks>
public enum NetOperation
{
    /// <summary>Word 1 = <see cref="SocketKind"/>; reply: word 1 = socket, word 2 = a packet to fill.</summary>
    Open = 1,

    /// <summary>Word 1 = a packet the kernel still owned, or <see cref="NoPacket"/>.</summary>
    Close = 2,

    /// <summary>Word 1 = local endpoint.</summary>
    Bind = 3,

    /// <summary>Word 1 = remote endpoint. WouldBlock while the next hop is being resolved: try again when signalled.</summary>
    Connect = 4,

    /// <summary>Word 1 = packet, word 2 = payload length, word 3 = remote endpoint or 0 for the connected one; reply: word 1 = next packet.</summary>
    Send = 5,

    /// <summary>Reply: word 1 = packet, word 2 = payload offset in bits 15:0 and length in 31:16, word 3 = sender's endpoint. WouldBlock if nothing is there.</summary>
    Receive = 6,

    /// <summary>Word 1 = a received packet, given back after its payload has been copied.</summary>
    Release = 7,

    /// <summary>A packet to fill, after Send had none left: reply word 1.</summary>
    Acquire = 8,

    /// <summary>Word 1 = which <see cref="NicCounter"/>; reply: word 1 = its value.</summary>
    ReadCounter = 9,

    /// <summary>Reply: word 1 = local address in bits 31:0, word 2 = local port of the socket.</summary>
    LocalEndpoint = 10,

    /// <summary>Reply: word 1 = 1 if the NIC completes UDP checksums, 0 if the stack computes them.</summary>
    Describe = 11,

    /// <summary>What became of the frames sent on a socket: WouldBlock while the driver has one, IoError, once, if one was lost, else Ok.</summary>
    Outcome = 12,
}

/// <summary>Numbers shared by both ends.</summary>
public static class NetProtocol
{
    /// <summary>In place of a packet index: none.</summary>
    public const ulong NoPacket = 0xFFFF;

    /// <summary>Sockets of a stack, and of all programs together.</summary>
    public const int Sockets = 32;

    public static ulong Request(NetOperation operation, int socket) => (uint)operation | ((ulong)(uint)socket << 8);

    public static NetOperation OperationOf(ulong word) => (NetOperation)(byte)word;

    public static int SocketOf(ulong word) => (int)((word >> 8) & 0xFFFFFF);

    public static ulong Endpoint(uint address, ushort port) => address | ((ulong)port << 32);

    public static uint AddressOf(ulong endpoint) => (uint)endpoint;

    public static ushort PortOf(ulong endpoint) => (ushort)(endpoint >> 32);
}

/// <summary>What socket() makes.</summary>
public enum SocketKind
{
    /// <summary>UDP over IPv4.</summary>
    Datagram = 1,

    /// <summary>ICMP echo over IPv4, as Linux's unprivileged ping socket: the payload starts at the ICMP header (8 bytes, then data).</summary>
    Echo = 2,
}
