// The messages of QEMU's x-pci-proxy-dev, whose device lives in another process. QEMU 7.2, include/hw/remote/mpqemu-link.h.
// Next: ProxyLink.cs
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace RingOS.RemoteDevices;

/// <summary>What QEMU asks of the device.</summary>
public enum ProxyCommand
{
    /// <summary>Where the guest's memory is; its files come with it. Not answered.</summary>
    SynchronizeMemory = 0,

    /// <summary>The answer to any of the others.</summary>
    Return = 1,

    WriteConfiguration = 2,
    ReadConfiguration = 3,
    WriteRegister = 4,
    ReadRegister = 5,

    /// <summary>Event handles for an interrupt pin, which QEMU's own translator never looks at. Not answered.</summary>
    SetInterruptHandles = 6,

    Reset = 7,
}

/// <summary>A piece of guest memory: bus address, bytes, and where it begins in its file.</summary>
public readonly record struct MemoryPiece(ulong Address, ulong Length, ulong Offset);

/// <summary>One message, taken apart. Which fields mean something depends on the command.</summary>
public readonly record struct ProxyMessage(ProxyCommand Command, ulong Address, ulong Value, int Bytes)
{
    /// <summary>Bytes of command, padding and payload size.</summary>
    public const int HeaderSize = 16;

    /// <summary>Bytes of the longest payload.</summary>
    public const int LargestPayload = 3 * MostPieces * sizeof(ulong);

    /// <summary>Pieces of memory in a message.</summary>
    public const int MostPieces = 8;

    private const int ConfigurationPayload = 12;
    private const int RegisterPayload = 24;

    /// <summary>Whether QEMU waits for an answer.</summary>
    public bool IsAnswered => Command is not (ProxyCommand.SynchronizeMemory or ProxyCommand.SetInterruptHandles);

    /// <summary>What a header announces.</summary>
    /// <exception cref="ProxyException">No such command, or a payload that it cannot have.</exception>
    public static (ProxyCommand Command, int Payload) ReadHeader(ReadOnlySpan<byte> header)
    {
        int command = BinaryPrimitives.ReadInt32LittleEndian(header);
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
        bool fits = (ProxyCommand)command switch
        {
            ProxyCommand.SynchronizeMemory => size == LargestPayload,
            ProxyCommand.WriteConfiguration or ProxyCommand.ReadConfiguration => size == ConfigurationPayload,
            ProxyCommand.WriteRegister or ProxyCommand.ReadRegister => size == RegisterPayload,
            ProxyCommand.SetInterruptHandles or ProxyCommand.Reset => size <= LargestPayload,
            _ => false,
        };
        return fits
            ? ((ProxyCommand)command, (int)size)
            : throw new ProxyException($"QEMU sent a message that no version known here has (command {command}, {size} bytes); this was tried with QEMU 7.2");
    }

    /// <summary>Takes a payload apart that <see cref="ReadHeader"/> has announced.</summary>
    /// <exception cref="ProxyException">An access of no known size.</exception>
    public static ProxyMessage Read(ProxyCommand command, ReadOnlySpan<byte> payload) => command switch
    {
        ProxyCommand.WriteConfiguration or ProxyCommand.ReadConfiguration => Checked(new ProxyMessage(
            command,
            BinaryPrimitives.ReadUInt32LittleEndian(payload),
            BinaryPrimitives.ReadUInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[8..]))),
        ProxyCommand.WriteRegister or ProxyCommand.ReadRegister => Checked(new ProxyMessage(
            command,
            BinaryPrimitives.ReadUInt64LittleEndian(payload),
            BinaryPrimitives.ReadUInt64LittleEndian(payload[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[16..]))),
        _ => new ProxyMessage(command, 0, 0, 0),
    };

    /// <summary>The pieces of memory in the payload of <see cref="ProxyCommand.SynchronizeMemory"/>, as many as files came with it.</summary>
    /// <exception cref="ProxyException">More files than places.</exception>
    public static IReadOnlyList<MemoryPiece> ReadPieces(ReadOnlySpan<byte> payload, int count)
    {
        if (count > MostPieces)
            throw new ProxyException($"QEMU sent {count} pieces of memory where there is room for {MostPieces}");
        MemoryPiece[] pieces = new MemoryPiece[count];
        for (int index = 0; index < count; index++)
        {
            pieces[index] = new MemoryPiece(
                Word(payload, index), Word(payload, MostPieces + index), Word(payload, (2 * MostPieces) + index));
        }
        return pieces;
    }

    /// <summary>The answer to a message: header and one word.</summary>
    public static void WriteAnswer(Span<byte> answer, ulong value)
    {
        answer.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(answer, (int)ProxyCommand.Return);
        BinaryPrimitives.WriteUInt64LittleEndian(answer[8..], sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(answer[HeaderSize..], value);
    }

    private static ProxyMessage Checked(ProxyMessage message)
        => message.Bytes is 1 or 2 or 4 or 8
            ? message
            : throw new ProxyException($"QEMU sent an access of {message.Bytes} bytes");

    private static ulong Word(ReadOnlySpan<byte> payload, int index) => BinaryPrimitives.ReadUInt64LittleEndian(payload[(index * sizeof(ulong))..]);
}
