// A device's side of the connection to QEMU: one thread that answers. Next: GuestMemory.cs
using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using RingOS.Devices.Pci;

namespace RingOS.RemoteDevices;

/// <summary>
/// Serves a device's registers to a guest. The guest's processor stands still from an access to its answer. Whoever else touches the
/// device while the guest runs must hold the lock on it.
/// </summary>
public sealed class ProxyLink : IDisposable
{
    private readonly NativeSocket _socket;
    private readonly PciDevice _device;
    private readonly GuestMemory _memory;
    private readonly Thread _thread;
    private readonly byte[] _header = new byte[ProxyMessage.HeaderSize];
    private readonly byte[] _payload = new byte[ProxyMessage.LargestPayload];
    private readonly byte[] _answer = new byte[ProxyMessage.HeaderSize + sizeof(ulong)];

    /// <param name="socket">The other end is QEMU's: <c>-device x-pci-proxy-dev,fd=N</c>.</param>
    /// <param name="device">What is plugged in.</param>
    /// <param name="memory">Filled with what QEMU says; the device's bus.</param>
    public ProxyLink(NativeSocket socket, PciDevice device, GuestMemory memory)
    {
        _socket = socket;
        _device = device;
        _memory = memory;
        _thread = new Thread(Serve) { IsBackground = true, Name = "device" };
    }

    /// <summary>The link has ended. Null if the guest simply went away, else why the link was cut. Called once, from the link's own thread.</summary>
    public Action<ProxyException?>? Ended { get; set; }

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _socket.Shutdown();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
            _thread.Join();
        _socket.Dispose();
    }

    private void Serve()
    {
        ProxyException? reason = null;
        try
        {
            while (ServeOne())
            {
            }
        }
        catch (ProxyException exception)
        {
            reason = exception;
        }
        catch (Exception exception)
        {
            reason = new ProxyException($"the device failed: {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}");
        }
        _socket.Shutdown();
        Ended?.Invoke(reason);
    }

    private bool ServeOne()
    {
        List<SafeFileHandle> files = [];
        try
        {
            return ServeOne(files);
        }
        finally
        {
            files.ForEach(static file => file.Dispose()); // those that are not the guest's memory
        }
    }

    private bool ServeOne(List<SafeFileHandle> files)
    {
        if (!Fill(_header, files, isStart: true))
            return false;
        (ProxyCommand command, int size) = ProxyMessage.ReadHeader(_header);
        Span<byte> payload = _payload.AsSpan(0, size);
        Fill(payload, files, isStart: false);
        ProxyMessage message = ProxyMessage.Read(command, payload);
        if (command == ProxyCommand.SynchronizeMemory)
        {
            IReadOnlyList<MemoryPiece> pieces = ProxyMessage.ReadPieces(payload, files.Count);
            lock (_device)
                _memory.Replace(pieces, [.. files]);
            files.Clear();
            return true;
        }
        ulong value;
        lock (_device)
            value = Perform(message);
        if (!message.IsAnswered)
            return true;
        ProxyMessage.WriteAnswer(_answer, value);
        return _socket.Send(_answer);
    }

    private ulong Perform(ProxyMessage message)
    {
        switch (message.Command)
        {
            case ProxyCommand.ReadConfiguration:
                return _device.ReadConfiguration((uint)message.Address, message.Bytes);
            case ProxyCommand.WriteConfiguration:
                _device.WriteConfiguration((uint)message.Address, (uint)message.Value, message.Bytes);
                return 0;
            case ProxyCommand.ReadRegister:
                return _device.TryDecode(message.Address, out uint readBar, out ulong readOffset)
                    ? _device.ReadRegister(readBar, readOffset, message.Bytes)
                    : 0;
            case ProxyCommand.WriteRegister:
                if (_device.TryDecode(message.Address, out uint writeBar, out ulong writeOffset))
                    _device.WriteRegister(writeBar, writeOffset, (uint)message.Value, message.Bytes);
                return 0;
            case ProxyCommand.Reset:
                _device.Reset();
                return 0;
            default:
                return 0;
        }
    }

    // False at the end of the connection, which may come between messages but not in one.
    private bool Fill(Span<byte> bytes, List<SafeFileHandle> files, bool isStart)
    {
        for (int filled = 0; filled < bytes.Length;)
        {
            int received = _socket.Receive(bytes[filled..], files);
            if (received == 0 && isStart && filled == 0)
                return false;
            if (received == 0)
                throw new ProxyException("the connection to QEMU was cut in the middle of a message");
            filled += received;
        }
        return true;
    }
}
