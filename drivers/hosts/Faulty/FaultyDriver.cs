// A good driver with one bad moment. Next: IFaultActs.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Hosts.Faulty;

/// <summary>Passes everything on, and misbehaves once: when the frame that the request names is to be sent, before it is.</summary>
public sealed class FaultyDriver(INicDriver driver, FaultRequest request, IFaultActs acts) : INicDriver
{
    /// <summary>What a wild write leaves behind.</summary>
    public const ulong WildValue = 0xDEAD_BEEF_DEAD_BEEF;

    private ulong _frames;

    public ulong MacAddress => driver.MacAddress;

    public NicCapabilities Capabilities => driver.Capabilities;

    public Status Start() => driver.Start();

    public void Stop() => driver.Stop();

    public void FlushTransmit() => driver.FlushTransmit();

    public Status ProvideReceive(PacketIndex packet) => driver.ProvideReceive(packet);

    public void OnInterrupt() => driver.OnInterrupt();

    public ulong ReadCounter(NicCounter counter) => driver.ReadCounter(counter);

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (++_frames == request.After)
            Misbehave();
        return driver.ProvideTransmit(packet, length, options);
    }

    private void Misbehave()
    {
        switch (request.Kind)
        {
            case FaultKind.WildWrite:
                acts.WriteAt(request.Address);
                break;
            case FaultKind.WildDma:
                acts.WriteDescriptor();
                break;
            case FaultKind.Privileged:
                acts.UsePrivilege();
                break;
            case FaultKind.Loop:
                for (; ; )
                {
                }
            case FaultKind.Exit:
                acts.End();
                break;
        }
    }
}
