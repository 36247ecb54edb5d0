// Ports for rings above 0: the I/O map behind the task state. Intel SDM vol. 1, 19.5.2, vol. 3, 7.7. Next: Cpu.cs
using RingOS.Abi;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Arch.X64;

/// <summary>
/// One map, of the one process that has ports: a bit for each of the 65,536, clear where it may. Its threads run with the offset of the map
/// in the task state, all others with an offset behind the segment's end, which is no map and no port. The map itself is written only when
/// such a process comes; while none has come yet, threads are switched as if there were no ports (switch.asm).
/// </summary>
public sealed unsafe class PortPermissions
{
    /// <summary>An offset behind the limit: no map.</summary>
    public const ushort None = 0xFFFF;

    /// <summary>What the task state and its map take together.</summary>
    public const ulong Pages = 3;

    private const int Ports = 1 << 16;
    private const int MapLength = (Ports / 8) + 1; // the processor reads two bytes at a time: one more, all ones, inside the limit

    private readonly byte* _map;
    private readonly int _offset;
    private Process? _owner;

    /// <param name="taskState">Virtual address of <see cref="Pages"/> pages that begin with the task state.</param>
    /// <param name="offset">Where the map begins in them.</param>
    public PortPermissions(ulong taskState, int offset)
    {
        _map = (byte*)taskState + offset; // SAFETY of all uses: the caller vouches for the memory; indices are below MapLength.
        _offset = offset;
    }

    /// <summary>Offset of the segment's last byte.</summary>
    public ulong TaskStateLimit => (ulong)(_offset + MapLength - 1);

    public void DenyAll()
    {
        for (int i = 0; i < MapLength; i++)
            _map[i] = 0xFF;
    }

    /// <summary>Lets a process that does not run yet use these ports, and no others, until its end.</summary>
    /// <returns>Busy if another process has ports. InvalidArgument if there are no such ports.</returns>
    public Status Grant(Process process, uint first, uint count)
    {
        if (_owner is { End: ProcessEnd.Running })
            return Status.Busy;
        if (first >= Ports || count > Ports - first)
            return Status.InvalidArgument;
        _owner = process;
        DenyAll();
        for (uint port = first; port < first + count; port++)
            _map[port / 8] &= (byte)~(1 << (int)(port % 8));
        process.Thread!.Area.Context->PortMap = (ulong)_offset;
        Cpu.SwitchPorts();
        return Status.Ok;
    }
}
