// The NIC's counters as they are now, wherever its driver is. Kernel side: kernel/devices/NicDevice.cs. Next: EventLine.cs
using RingOS.Abi;

namespace RingOS.User;

/// <summary>What the driver and the stack have counted since the driver was started.</summary>
public sealed class NicCounters
{
    private readonly ulong[] _values = new ulong[(int)NicCounter.Count];

    public ulong this[NicCounter counter] => _values[(int)counter];

    /// <summary>Reads all of them. False if there is no NIC or nobody answers for it, and errno says why.</summary>
    public bool Read()
    {
        int nic = Files.Open("/dev/nic"u8);
        if (nic < 0)
            return false;
        bool isGood = Files.ReadCounters(nic, IoctlRequest.GetNicCounters, _values) >= 0;
        Status why = Errno.Last;
        _ = Files.Close(nic);
        Errno.Last = why;
        return isGood;
    }

    /// <summary>Adds every counter to an event, under its name in <see cref="NicCounter"/>.</summary>
    public void AddTo(EventLine line)
    {
        for (NicCounter counter = 0; counter < NicCounter.Count; counter++)
            line.Add(CounterNames.Of(counter), this[counter]);
    }
}
