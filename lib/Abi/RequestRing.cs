// The stack's way down when it does not send a message for every frame: requests in shared memory. Next: EventRing.cs
using System.Runtime.CompilerServices;

namespace RingOS.Abi;

/// <summary>
/// The mirror image of <see cref="EventRing"/>: same layout, but the stack produces and the driver's host consumes. The stack puts
/// requests in and then has the ring served: by a message (<see cref="NicOperation.Serve"/>), or by a signal if the host sleeps.
/// </summary>
/// <remarks>
/// An entry: bits 15:0 packet, 31:16 length, 39:32 <see cref="NicOperation"/> (Transmit or LendReceive), 47:40 <see cref="TransmitOptions"/>.
/// The consumer's page holds its index in bytes 0..3 and, in bytes 4..7, whether it sleeps (not 0) and wants to be signalled.
/// </remarks>
public static class RequestRing
{
    public const int SleepingOffset = 4;

    /// <summary>Entries; as many as there are packets, so that a well-behaved producer never finds it full.</summary>
    public const int Capacity = EventRing.Capacity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(NicOperation operation, ushort packet, ushort length, TransmitOptions options)
        => packet | ((ulong)length << 16) | ((ulong)(byte)operation << 32) | ((ulong)(byte)options << 40);

    public static ushort PacketOf(ulong entry) => (ushort)entry;

    public static ushort LengthOf(ulong entry) => (ushort)(entry >> 16);

    public static NicOperation OperationOf(ulong entry) => (NicOperation)(byte)(entry >> 32);

    public static TransmitOptions OptionsOf(ulong entry) => (TransmitOptions)(byte)(entry >> 40);
}
