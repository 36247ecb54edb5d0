// How interrupts of this process's devices get into a QEMU: its test protocol, on an inherited socket. Back to: Station.cs
using System;
using System.Collections.Generic;
using System.Globalization;
using RingOS.Host.Machines;
using RingOS.RemoteDevices;

namespace RingOS.Hub;

/// <summary>QEMU's qtest server with an interrupt link at its other end.</summary>
internal sealed class InterruptPlug : IMachinePlug, IDisposable
{
    private readonly NativeSocket _theirs;
    private readonly InterruptLink _link;

    public InterruptPlug()
    {
        (NativeSocket ours, _theirs) = NativeSocket.CreatePair();
        _link = new InterruptLink(ours);
        Arguments =
        [
            "-chardev", string.Create(CultureInfo.InvariantCulture, $"socket,id=qtest,fd={_theirs.Descriptor}"),
            "-qtest", "chardev:qtest", "-qtest-log", "/dev/null",
        ];
    }

    public IReadOnlyList<string> Arguments { get; }

    public bool Send(ulong address, uint data) => _link.Send(address, data);

    public void BeforeStart() => _theirs.LetChildrenInherit();

    public void AfterStart() => _theirs.Dispose();

    public void Dispose()
    {
        _theirs.Dispose();
        _link.Dispose();
    }
}
