// A good driver with one bad moment: the first large frame. Next: Mistake.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Test.DriverFaultKernel;

/// <summary>Passes everything on but that.</summary>
public sealed class WrongDriver(INicDriver driver, NicGrant grant, Mistake mistake, StackEnd end) : INicDriver
{
    private const ushort LargeFrame = 500; // ARP's are smaller

    private readonly Mistakes _mistakes = new(grant, mistake, end);

    public ulong MacAddress => driver.MacAddress;

    public NicCapabilities Capabilities => driver.Capabilities;

    public Status Start() => driver.Start();

    public void Stop() => driver.Stop();

    public void FlushTransmit() => driver.FlushTransmit();

    public Status ProvideReceive(PacketIndex packet) => driver.ProvideReceive(packet);

    public void OnInterrupt()
    {
        driver.OnInterrupt();
        _mistakes.OnInterrupt();
    }

    public ulong ReadCounter(NicCounter counter) => driver.ReadCounter(counter);

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (length >= LargeFrame)
            _mistakes.Make();
        return driver.ProvideTransmit(packet, length, options);
    }
}
