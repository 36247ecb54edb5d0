// From the words of a request to a call of the driver. Next: ../Service/ServiceHost.cs and ../Software/SoftwareHost.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Server;

/// <summary>What every host does that is reached by messages or queues. The words come from another domain and may be anything.</summary>
/// <param name="driver">Started.</param>
/// <param name="events">Where it was told to report.</param>
/// <param name="requests">The request ring.</param>
/// <param name="polls">There are no interrupts: look at the device after every request.</param>
public sealed class NicServer(INicDriver driver, EventWriter events, RequestRingConsumer requests, bool polls)
{
    private bool _isStalled; // the device has no room for the oldest frame in the ring

    /// <summary>Answers one message; the first word of the answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Serve(NicOperation operation, ref ulong word1, ref ulong word2, ulong word3)
    {
        if (operation != NicOperation.Transmit)
            return ServeOther(operation, ref word1, ref word2);
        PacketIndex packet = new((ushort)word1);
        Status status = driver.ProvideTransmit(packet, (ushort)word2, (TransmitOptions)word3);
        return status == Status.NoBufferSpace ? TransmitAgain(packet, (ushort)word2, (TransmitOptions)word3) : status;
    }

    /// <summary>
    /// What is to be done before an answer. An interrupt that came meanwhile is served: the caller looks for events then anyway, and both
    /// save a crossing.
    /// </summary>
    /// <param name="signals">Those pending, with their count (<see cref="SignalWord"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeforeAnswer(NicSignal signals)
    {
        if (signals == NicSignal.None && !polls)
            return;
        if ((signals & NicSignal.Requests) != 0)
            ServeRing();
        driver.OnInterrupt();
        ServeWhatWasLeft();
        events.Show();
    }

    /// <summary>Serves signals that nobody waits for an answer to.</summary>
    /// <param name="signals">With or without their count.</param>
    public void OnSignals(NicSignal signals)
    {
        ServeRing();
        if ((signals & NicSignal.Interrupt) == 0 && !polls)
            return;
        driver.OnInterrupt();
        ServeWhatWasLeft();
    }

    /// <summary>There is nothing to do; false if there is after all. The stack signals <see cref="NicSignal.Requests"/> from now on.</summary>
    public bool TryFallAsleep()
    {
        events.Announce();
        requests.SetAsleep(true);
        if (_isStalled || requests.Available == 0)
            return true; // a stalled device interrupts when it has room
        requests.SetAsleep(false);
        return false;
    }

    public void WakeUp() => requests.SetAsleep(false);

    /// <summary>
    /// Serves what is in the request ring; the device is told once, at the end. Frames for which it has no room stay in the ring, and
    /// so the stack notices that the queue is full.
    /// </summary>
    public void ServeRing()
    {
        uint count = requests.Available;
        if (count == 0)
            return;
        for (; count != 0 && TryServeEntry(requests.Peek()); count--)
            requests.Skip();
        _isStalled = count != 0;
        requests.Publish();
        driver.FlushTransmit();
    }

    private void ServeWhatWasLeft()
    {
        if (_isStalled)
            ServeRing();
    }

    // False for a frame without room. What the driver refuses otherwise comes back as not sent: nobody waits for an answer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryServeEntry(ulong entry)
    {
        PacketIndex packet = new(RequestRing.PacketOf(entry));
        bool isFrame = RequestRing.OperationOf(entry) == NicOperation.Transmit;
        Status status = isFrame
            ? driver.ProvideTransmit(packet, RequestRing.LengthOf(entry), RequestRing.OptionsOf(entry) | TransmitOptions.MoreFollows)
            : ServeLending(packet, RequestRing.OperationOf(entry));
        if (status == Status.NoBufferSpace && isFrame)
        {
            status = TransmitAgain(packet, RequestRing.LengthOf(entry), RequestRing.OptionsOf(entry) | TransmitOptions.MoreFollows);
            if (status == Status.NoBufferSpace)
                return false;
        }
        if (status != Status.Ok)
            events.OnTransmitted(packet, TransmitOutcome.Aborted);
        return true;
    }

    // A moderated device is silent about much that it has done: look before giving up.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status TransmitAgain(PacketIndex packet, ushort length, TransmitOptions options)
    {
        driver.FlushTransmit();
        driver.OnInterrupt();
        events.Show();
        return driver.ProvideTransmit(packet, length, options);
    }

    private Status ServeLending(PacketIndex packet, NicOperation operation)
        => operation == NicOperation.LendReceive ? driver.ProvideReceive(packet) : Status.NoSuchSyscall;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Status ServeOther(NicOperation operation, ref ulong word1, ref ulong word2)
    {
        switch (operation)
        {
            case NicOperation.LendReceive:
                return driver.ProvideReceive(new PacketIndex((ushort)word1));
            case NicOperation.ReadCounter:
                word1 = driver.ReadCounter((NicCounter)word1);
                return Status.Ok;
            case NicOperation.Describe:
                word1 = driver.MacAddress;
                word2 = (ulong)driver.Capabilities;
                return Status.Ok;
            case NicOperation.Serve:
                ServeRing();
                events.Show();
                return Status.Ok;
            default:
                return Status.NoSuchSyscall;
        }
    }
}
