// "/dev/console": a program's standard input and output, the serial line. Next: KernelDevice.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Memory;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Devices;

/// <summary>Writes bytes to the serial port; reads what has come, without waiting.</summary>
public sealed class ConsoleDevice(UserMemory memory) : KernelObject
{
    // One call writes no more, so that a huge length does not hold the processor; the program goes on from there.
    private const ulong MostBytes = 4096;

    private readonly byte[] _buffer = new byte[256];

    public override long Write(Thread caller, ulong buffer, ulong length)
    {
        ulong done = 0;
        length = Math.Min(length, MostBytes);
        while (done < length)
        {
            int part = (int)Math.Min(length - done, (ulong)_buffer.Length);
            Span<byte> chunk = new(_buffer, 0, part);
            Status status = memory.CopyIn(chunk, buffer + done);
            if (status != Status.Ok)
                return done != 0 ? (long)done : -(long)status;
            TextOutput.Write(chunk);
            done += (ulong)part;
        }
        return (long)done;
    }

    public override long Read(Thread caller, ulong buffer, ulong length)
    {
        int count = 0;
        while (count < _buffer.Length && (ulong)count < length && SerialPort.TryRead(out byte value))
            _buffer[count++] = value;
        if (count == 0)
            return length == 0 ? 0 : -(long)Status.WouldBlock;
        Status status = memory.CopyOut(buffer, new ReadOnlySpan<byte>(_buffer, 0, count));
        return status == Status.Ok ? count : -(long)status;
    }
}
