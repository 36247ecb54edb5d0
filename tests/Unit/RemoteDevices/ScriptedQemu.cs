// A QEMU that says what a test wants, at the other end of a real socket. Subject: tools/RingOS.RemoteDevices/ProxyLink.cs. Next: SharedFile.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;
using RingOS.RemoteDevices;
using Xunit;

namespace RingOS.Tests.Unit.RemoteDevices;

/// <summary>A device behind a link, and who asks it.</summary>
internal sealed unsafe class ScriptedQemu : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<ProxyException?> _ended = new();
    private readonly NativeSocket _socket;

    public ScriptedQemu(Action<ScriptedQemu>? whenEnded = null)
    {
        (NativeSocket ours, _socket) = NativeSocket.CreatePair();
        DeviceEnd = InodeOf(ours.Descriptor);
        Link = new ProxyLink(ours, Device, Memory)
        {
            Ended = reason =>
            {
                LinkThread = Thread.CurrentThread;
                whenEnded?.Invoke(this);
                _ended.SetResult(reason);
            },
        };
    }

    public TestDevice Device { get; } = new();

    public GuestMemory Memory { get; } = new();

    public ProxyLink Link { get; }

    /// <summary>Known when the link has ended.</summary>
    public Thread? LinkThread { get; private set; }

    /// <summary>The device's end of the connection, as /proc names it.</summary>
    public string DeviceEnd { get; }

    public static ScriptedQemu Started()
    {
        ScriptedQemu qemu = new();
        qemu.Link.Start();
        return qemu;
    }

    /// <summary>What this process has open, as /proc names it.</summary>
    public static IEnumerable<string> OpenFiles()
        => Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(static path => new FileInfo(path).LinkTarget ?? "");

    /// <summary>Why the link was cut; null if it simply ended.</summary>
    public ProxyException? WaitForEnd()
    {
        Assert.True(_ended.Task.Wait(s_patience), "the link does not end");
        return _ended.Task.Result;
    }

    public void Say(int command, ReadOnlySpan<byte> payload, params ReadOnlySpan<SafeFileHandle> files)
        => SayRaw([.. Header(command, (ulong)payload.Length), .. payload], files);

    public static byte[] Header(int command, ulong size)
    {
        byte[] header = new byte[ProxyMessage.HeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, command);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), size);
        return header;
    }

    public bool SayRaw(ReadOnlySpan<byte> bytes, params ReadOnlySpan<SafeFileHandle> files)
        => files.IsEmpty ? _socket.Send(bytes) : SendWithFiles(_socket, bytes, files);

    public ulong Ask(ProxyCommand command, ReadOnlySpan<byte> payload)
    {
        return AskRaw([.. Header((int)command, (ulong)payload.Length), .. payload]);
    }

    public ulong AskRaw(ReadOnlySpan<byte> bytes)
    {
        SayRaw(bytes);
        byte[] answer = new byte[24];
        for (int filled = 0; filled < answer.Length;)
        {
            int received = _socket.Receive(answer.AsSpan(filled), []);
            Assert.True(received > 0, "the link ended instead of answering");
            filled += received;
        }
        Assert.Equal((1, 0, 8ul), (BitConverter.ToInt32(answer), BitConverter.ToInt32(answer, 4), BitConverter.ToUInt64(answer, 8)));
        return BitConverter.ToUInt64(answer, 16);
    }

    public uint ReadConfiguration(uint address, int bytes = 4) => (uint)Ask(ProxyCommand.ReadConfiguration, Configuration(address, 0, bytes));

    public void WriteConfiguration(uint address, uint value, int bytes = 4)
        => Ask(ProxyCommand.WriteConfiguration, Configuration(address, value, bytes));

    public uint ReadRegister(ulong address, int bytes = 4) => (uint)Ask(ProxyCommand.ReadRegister, Register(address, 0, bytes));

    public void WriteRegister(ulong address, ulong value, int bytes = 4) => Ask(ProxyCommand.WriteRegister, Register(address, value, bytes));

    /// <summary>Tells where memory is, and waits until the device knows.</summary>
    public void Synchronize(params (ulong Address, ulong Length, ulong Offset, SafeFileHandle File)[] pieces)
    {
        byte[] payload = new byte[ProxyMessage.LargestPayload];
        for (int index = 0; index < pieces.Length; index++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(index * 8), pieces[index].Address);
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan((index + 8) * 8), pieces[index].Length);
            BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan((index + 16) * 8), pieces[index].Offset);
        }
        Say((int)ProxyCommand.SynchronizeMemory, payload, [.. pieces.Select(static piece => piece.File)]);
        _ = ReadConfiguration(0);
    }

    /// <summary>QEMU goes away.</summary>
    public void Leave() => _socket.Dispose();

    public void Dispose()
    {
        Link.Dispose();
        _socket.Dispose();
        Memory.Dispose();
    }

    public static byte[] Configuration(uint address, uint value, int bytes)
    {
        byte[] payload = new byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, address);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(4), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(8), bytes);
        return payload;
    }

    public static byte[] Register(ulong address, ulong value, int bytes)
    {
        byte[] payload = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, address);
        BinaryPrimitives.WriteUInt64LittleEndian(payload.AsSpan(8), value);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(16), bytes);
        payload[20] = 1; // memory
        return payload;
    }

    public static string InodeOf(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget!;

    // sendmsg(2) with SCM_RIGHTS: what NativeSocket only receives.
    private static bool SendWithFiles(NativeSocket socket, ReadOnlySpan<byte> bytes, ReadOnlySpan<SafeFileHandle> files)
    {
        int controlLength = 16 + (files.Length * sizeof(int));
        byte[] control = new byte[(controlLength + 7) & ~7];
        BinaryPrimitives.WriteInt64LittleEndian(control, controlLength);
        BinaryPrimitives.WriteInt32LittleEndian(control.AsSpan(8), 1); // SOL_SOCKET
        BinaryPrimitives.WriteInt32LittleEndian(control.AsSpan(12), 1); // SCM_RIGHTS
        for (int index = 0; index < files.Length; index++)
            BinaryPrimitives.WriteInt32LittleEndian(control.AsSpan(16 + (index * sizeof(int))), (int)files[index].DangerousGetHandle());
        fixed (byte* data = bytes, first = control)
        {
            nint* vector = stackalloc nint[] { (nint)data, bytes.Length };
            nint* header = stackalloc nint[] { 0, 0, (nint)vector, 1, (nint)first, controlLength, 0 };
            return SendMessage(socket.Descriptor, header, 0x4000) == bytes.Length;
        }
    }

    [DllImport("libc", EntryPoint = "sendmsg")]
    private static extern nint SendMessage(int socket, nint* header, int flags);
}
