// What every NIC driver is: a passive object. Its host decides in which ring it lives. Next: INicEvents.cs
using System;
using RingOS.Abi;

namespace RingOS.Hardware;

/// <summary>
/// A NIC driver: no thread, loop, syscall, print, static state or unsafe code. It does something only when called, and every
/// call returns within its deadline. Packets are indices and device addresses; a driver never sees payload.
/// </summary>
public interface INicDriver
{
    /// <summary>The station address; first byte on the wire in bits 7:0. Valid after <see cref="Start"/>.</summary>
    ulong MacAddress { get; }

    NicCapabilities Capabilities { get; }

    /// <summary>Resets and programs the device and enables its interrupts. TimedOut if the device does not answer.</summary>
    Status Start();

    /// <summary>Stops transmission, reception and interrupts. Packets in flight come back as Aborted.</summary>
    void Stop();

    /// <summary>
    /// Queues one frame. It starts at <see cref="PacketLayout.FrameOffset"/> of the packet. The packet belongs to the device until
    /// <see cref="INicEvents.OnTransmitted"/>, which may come at any later time, but never from inside this call.
    /// </summary>
    /// <param name="packet">Index below the pool's count, else InvalidArgument.</param>
    /// <param name="length">Bytes of the frame without check sequence, 14 to 1514, else InvalidArgument.</param>
    /// <param name="options">
    /// Only what <see cref="Capabilities"/> offers, else InvalidArgument. With MoreFollows the device may be told later: by a call
    /// without it, or by <see cref="FlushTransmit"/>.
    /// </param>
    /// <returns>NoBufferSpace if the ring is full: nothing was queued.</returns>
    Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options);

    /// <summary>Tells the device of frames queued with <see cref="TransmitOptions.MoreFollows"/>. Harmless if there are none.</summary>
    void FlushTransmit();

    /// <summary>Lends an empty buffer for reception. NoBufferSpace if the ring is full, InvalidArgument for a bad index.</summary>
    Status ProvideReceive(PacketIndex packet);

    /// <summary>Finds out what the device has done and reports it to the <see cref="INicEvents"/> it was made with. Harmless if nothing happened.</summary>
    void OnInterrupt();

    /// <summary>The value of one counter since Start; 0 for what the device does not count.</summary>
    ulong ReadCounter(NicCounter counter);
}
