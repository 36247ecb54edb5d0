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
    /// <summary>Answers one message; the first word of the answer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Status Serve(NicOperation operation, ref ulong word1, ref ulong word2, ulong word3)
    {
        if (operation == NicOperation.Transmit)
            return driver.ProvideTransmit(new PacketIndex((ushort)word1), (ushort)word2, (TransmitOptions)word3);
        return ServeOther(operation, ref word1, ref word2);
    }

    /// <summary>
    /// What is to be done before an answer. An interrupt that came meanwhile is served: the caller looks for events then anyway, and both
    /// save a crossing.
    /// </summary>
    /// <param name="signals">Those pending.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeforeAnswer(NicSignal signals)
    {
        if (signals == NicSignal.None && !polls)
            return;
        if ((signals & NicSignal.Requests) != 0)
            ServeRing();
        driver.OnInterrupt();
        events.ClearNews();
    }

    /// <summary>Serves signals that nobody waits for an answer to.</summary>
    public void OnSignals(NicSignal signals)
    {
        ServeRing();
        if ((signals & NicSignal.Interrupt) != 0 || polls)
            driver.OnInterrupt();
    }

    /// <summary>There is nothing to do; false if there is after all. The stack signals <see cref="NicSignal.Requests"/> from now on.</summary>
    public bool TryFallAsleep()
    {
        events.Announce();
        requests.SetAsleep(true);
        if (requests.Available == 0)
            return true;
        requests.SetAsleep(false);
        return false;
    }

    public void WakeUp() => requests.SetAsleep(false);

    /// <summary>Serves what is in the request ring; the device is told once, at the end.</summary>
    public void ServeRing()
    {
        uint count = requests.Available;
        if (count == 0)
            return;
        for (; count != 0; count--)
            ServeEntry(requests.Take());
        requests.Publish();
        driver.FlushTransmit();
    }

    // What the driver refuses comes back as not sent: nobody waits for an answer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ServeEntry(ulong entry)
    {
        PacketIndex packet = new(RequestRing.PacketOf(entry));
        Status status = RequestRing.OperationOf(entry) switch
        {
            NicOperation.Transmit => driver.ProvideTransmit(
                packet, RequestRing.LengthOf(entry), RequestRing.OptionsOf(entry) | TransmitOptions.MoreFollows),
            NicOperation.LendReceive => driver.ProvideReceive(packet),
            _ => Status.NoSuchSyscall,
        };
        if (status != Status.Ok)
            events.OnTransmitted(packet, TransmitOutcome.Aborted);
    }

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
                return Status.Ok;
            default:
                return Status.NoSuchSyscall;
        }
    }
}
