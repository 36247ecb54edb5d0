// A process's handles: small numbers for kernel objects, with rights. Nothing else names an object. Next: Process.cs
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Fixed-size table of a process.</summary>
public sealed class HandleTable
{
    public const int Capacity = 32;

    private readonly KernelObject?[] _objects = new KernelObject?[Capacity];
    private readonly HandleRights[] _rights = new HandleRights[Capacity];
    private readonly ulong[] _badges = new ulong[Capacity];

    /// <summary>Puts an object under the lowest free number.</summary>
    public Status Insert(KernelObject target, HandleRights rights, out int handle)
    {
        for (handle = 0; handle < Capacity; handle++)
        {
            if (_objects[handle] is null)
                return Set(handle, target, rights, badge: 0);
        }
        handle = -1;
        return Status.TooManyHandles;
    }

    /// <summary>Puts an object under a given, free number.</summary>
    public Status Set(int handle, KernelObject target, HandleRights rights, ulong badge)
    {
        if ((uint)handle >= Capacity || _objects[handle] is not null)
            return Status.BadHandle;
        _objects[handle] = target;
        _rights[handle] = rights;
        _badges[handle] = badge;
        return Status.Ok;
    }

    /// <summary>BadHandle if nothing is there, AccessDenied if the handle does not allow all of <paramref name="needed"/>.</summary>
    public Status Find(int handle, HandleRights needed, out KernelObject? target)
    {
        target = null;
        if ((uint)handle >= Capacity)
            return Status.BadHandle;
        KernelObject? found = _objects[handle];
        if (found is null)
            return Status.BadHandle;
        if ((_rights[handle] & needed) != needed)
            return Status.AccessDenied;
        target = found;
        return Status.Ok;
    }

    /// <summary>The number a receiver sees for calls through this handle.</summary>
    public ulong BadgeOf(int handle) => _badges[handle];

    public Status Close(int handle)
    {
        Status status = Find(handle, HandleRights.None, out KernelObject? target);
        if (status != Status.Ok)
            return status;
        _objects[handle] = null;
        if (!Refers(target!))
            target!.Close();
        return Status.Ok;
    }

    public void CloseAll()
    {
        for (int handle = 0; handle < Capacity; handle++)
        {
            if (_objects[handle] is not null)
                Close(handle);
        }
    }

    private bool Refers(KernelObject target)
    {
        foreach (KernelObject? other in _objects)
        {
            if (other == target)
                return true;
        }
        return false;
    }
}
