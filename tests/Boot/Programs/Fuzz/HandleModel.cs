// What the fuzzer knows of its own handle table: the kernel must agree after every call. Next: CallMaker.cs
using RingOS.Abi;

namespace RingOS.Test.Fuzz;

/// <summary>What a handle stands for.</summary>
internal enum HandleKind : byte
{
    None,
    Console,
    File,
    Device,
    Socket,

    /// <summary>Given at the start: an endpoint or a notification.</summary>
    Given,
}

/// <summary>One entry a handle.</summary>
internal sealed class HandleModel
{
    public const int Capacity = 32;

    private readonly HandleKind[] _kinds = new HandleKind[Capacity];

    public HandleKind this[int handle]
    {
        get => (uint)handle < Capacity ? _kinds[handle] : HandleKind.None;
        set
        {
            if ((uint)handle < Capacity)
                _kinds[handle] = value;
        }
    }

    /// <summary>Whether the fuzzer needs it until the end: to print, and to tell its peer that it is over.</summary>
    public static bool IsKept(int handle) => handle is WellKnownHandle.StandardOutput or WellKnownHandle.NicEndpoint;

    /// <summary>Mostly an open one, now and then one that is closed, negative, far too large, or has bits that an int cuts off.</summary>
    public ulong Pick(CallRandom random)
    {
        int start = (int)random.Below(Capacity);
        switch (random.Below(12))
        {
            case 0:
                return (ulong)start;
            case 1:
                return random.Next();
            case 2:
                return (uint)start | (random.Next() << 32);
            case 3:
                return 0 - (ulong)start;
            default:
                return (ulong)NextOpen(start);
        }
    }

    /// <summary>The same of one kind, if there is any.</summary>
    public ulong Pick(CallRandom random, HandleKind kind)
    {
        int start = (int)random.Below(Capacity);
        if (random.OneIn(6))
            return Pick(random);
        for (int i = 0; i < Capacity; i++)
        {
            int handle = (start + i) % Capacity;
            if (_kinds[handle] == kind)
                return (ulong)handle;
        }
        return (ulong)start;
    }

    public int Count
    {
        get
        {
            int count = 0;
            foreach (HandleKind kind in _kinds)
                count += kind == HandleKind.None ? 0 : 1;
            return count;
        }
    }

    private int NextOpen(int start)
    {
        for (int i = 0; i < Capacity; i++)
        {
            int handle = (start + i) % Capacity;
            if (_kinds[handle] != HandleKind.None)
                return handle;
        }
        return start;
    }
}
