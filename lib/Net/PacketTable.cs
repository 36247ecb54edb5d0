// The lender's records: the owner of every packet, and the free list. Next: PacketQueue.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Net;

/// <summary>All packets of one pool. A number from outside is checked with <see cref="Belongs"/> before anything else.</summary>
internal sealed class PacketTable
{
    /// <summary>In place of a packet number: none.</summary>
    public const ushort None = (ushort)NetProtocol.NoPacket;

    private readonly PacketPool _pool;
    private readonly PacketOwner[] _owners;
    private readonly ushort[] _free;
    private int _freeCount;

    // What lies in a packet that arrived or is queued: where, how long, from whom.
    private readonly uint[] _extents;
    private readonly ulong[] _senders;

    public PacketTable(PacketPool pool)
    {
        _pool = pool;
        _owners = new PacketOwner[pool.Count];
        _free = new ushort[pool.Count];
        _extents = new uint[pool.Count];
        _senders = new ulong[pool.Count];
        for (int packet = pool.Count - 1; packet >= 0; packet--)
            _free[_freeCount++] = (ushort)packet;
    }

    public int Count => _owners.Length;

    public int FreeCount => _freeCount;

    /// <summary>False also for a number outside the pool.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Belongs(ushort packet, PacketOwner owner)
    {
        PacketOwner[] owners = _owners;
        return packet < (uint)owners.Length && owners[packet] == owner;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Give(ushort packet, PacketOwner owner) => _owners[packet] = owner;

    /// <summary>Changes the owner if it is the one expected; otherwise false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Move(ushort packet, PacketOwner from, PacketOwner to)
    {
        PacketOwner[] owners = _owners;
        if (packet >= (uint)owners.Length || owners[packet] != from)
            return false;
        owners[packet] = to;
        return true;
    }

    /// <summary>A free packet, the one freed last, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort Take(PacketOwner owner)
    {
        int last = _freeCount - 1;
        if (last < 0)
            return None;
        _freeCount = last;
        ushort packet = _free[last];
        _owners[packet] = owner;
        return packet;
    }

    /// <summary>Puts a packet, which is not free, into the free list.</summary>
    public void Free(ushort packet)
    {
        _owners[packet] = PacketOwner.Free;
        AddFree(packet);
    }

    /// <summary>Frees the packet if it has the owner expected; otherwise false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool FreeFrom(ushort packet, PacketOwner owner)
    {
        if (!Move(packet, owner, PacketOwner.Free))
            return false;
        AddFree(packet);
        return true;
    }

    /// <summary>The whole buffer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Bytes(ushort packet) => _pool.Buffer(new PacketIndex(packet));

    /// <summary>The frame in the buffer.</summary>
    public Span<byte> Frame(ushort packet, int length) => Bytes(packet).Slice(PacketLayout.FrameOffset, length);

    /// <summary>Offset in bits 15:0, length in 31:16, as <see cref="NetOperation.Receive"/> reports it.</summary>
    public uint ExtentOf(ushort packet) => _extents[packet];

    /// <summary>Endpoint of the sender, as <see cref="NetProtocol.Endpoint"/> packs it.</summary>
    public ulong SenderOf(ushort packet) => _senders[packet];

    public void Describe(ushort packet, int offset, int length, ulong sender)
    {
        _extents[packet] = (uint)offset | ((uint)length << 16);
        _senders[packet] = sender;
    }

    /// <summary>How many packets an owner has. Slow: for tests and reports.</summary>
    public int CountOf(PacketOwner owner)
    {
        int count = 0;
        foreach (PacketOwner each in _owners)
            count += each == owner ? 1 : 0;
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddFree(ushort packet)
    {
        int count = _freeCount;
        _free[count] = packet;
        _freeCount = count + 1;
    }
}
