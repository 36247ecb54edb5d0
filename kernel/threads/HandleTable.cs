// A process's handles: small numbers for kernel objects, with rights. Nothing else names an object. Next: Process.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;

namespace RingOS.Kernel.Threads;

/// <summary>Fixed-size table of a process.</summary>
public sealed class HandleTable
{
    public const int Capacity = 32;

    private readonly Entry[] _entries = new Entry[Capacity];

    public HandleTable()
    {
        for (int handle = 0; handle < Capacity; handle++)
            _entries[handle] = new Entry();
    }

    /// <summary>What one handle stands for.</summary>
    public sealed class Entry
    {
        public KernelObject? Target { get; internal set; }

        /// <summary>The number a receiver sees for calls through this handle.</summary>
        public ulong Badge { get; internal set; }

        public HandleRights Rights { get; internal set; }
    }

    /// <summary>Handles in use.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (Entry entry in _entries)
                count += entry.Target is null ? 0 : 1;
            return count;
        }
    }

    /// <summary>Puts an object under the lowest free number.</summary>
    public Status Insert(KernelObject target, HandleRights rights, out int handle)
    {
        for (handle = 0; handle < Capacity; handle++)
        {
            if (_entries[handle].Target is null)
                return Set(handle, target, rights, badge: 0);
        }
        handle = -1;
        return Status.TooManyHandles;
    }

    /// <summary>Puts an object under a given, free number.</summary>
    public Status Set(int handle, KernelObject target, HandleRights rights, ulong badge)
    {
        if ((uint)handle >= Capacity || _entries[handle].Target is not null)
            return Status.BadHandle;
        Entry entry = _entries[handle];
        entry.Target = target;
        entry.Rights = rights;
        entry.Badge = badge;
        return Status.Ok;
    }

    /// <summary>The object under a number, if the handle allows all of <paramref name="needed"/>; else null, and <see cref="Refusal"/> says why.</summary>
    public KernelObject? Find(int handle, HandleRights needed) => FindEntry(handle, needed)?.Target;

    /// <summary>Why a handle will not do: BadHandle if nothing is there or it is of another kind, AccessDenied if it is there without the right.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Status Refusal(int handle, HandleRights needed)
        => Find(handle, HandleRights.None) is not null && Find(handle, needed) is null ? Status.AccessDenied : Status.BadHandle;

    /// <summary>The entry under a number, if the handle allows all of <paramref name="needed"/>, else null.</summary>
    public Entry? FindEntry(int handle, HandleRights needed)
    {
        Entry[] entries = _entries;
        if ((uint)handle >= (uint)entries.Length)
            return null;
        Entry entry = entries[handle];
        return (needed & ~entry.Rights) == 0 ? entry : null;
    }

    public Status Close(int handle)
    {
        if (Find(handle, HandleRights.None) is not { } target)
            return Status.BadHandle;
        _entries[handle].Target = null;
        _entries[handle].Rights = HandleRights.None;
        if (!Refers(target))
            target.Close();
        return Status.Ok;
    }

    public void CloseAll()
    {
        for (int handle = 0; handle < Capacity; handle++)
        {
            if (_entries[handle].Target is not null)
                Close(handle);
        }
    }

    private bool Refers(KernelObject target)
    {
        for (int handle = 0; handle < Capacity; handle++)
        {
            if (_entries[handle].Target == target)
                return true;
        }
        return false;
    }
}
