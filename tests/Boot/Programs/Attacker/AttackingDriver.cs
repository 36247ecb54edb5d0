// A good driver with one bad moment: before the first large frame. Next: Attack.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Test.Attacker;

/// <summary>Passes everything on. What came of the attack is told in place of the driver's counters.</summary>
internal sealed class AttackingDriver(INicDriver driver, Attack attack) : INicDriver
{
    private const ushort LargeFrame = 500; // ARP's are smaller

    private bool _hasAttacked;

    public ulong MacAddress => driver.MacAddress;

    public NicCapabilities Capabilities => driver.Capabilities;

    public Status Start() => driver.Start();

    public void Stop() => driver.Stop();

    public void FlushTransmit() => driver.FlushTransmit();

    public Status ProvideReceive(PacketIndex packet) => driver.ProvideReceive(packet);

    public void OnInterrupt() => driver.OnInterrupt();

    public ulong ReadCounter(NicCounter counter) => attack.Result((int)counter);

    public Status ProvideTransmit(PacketIndex packet, ushort length, TransmitOptions options)
    {
        if (length >= LargeFrame && !_hasAttacked)
        {
            _hasAttacked = true;
            attack.Run();
        }
        return driver.ProvideTransmit(packet, length, options);
    }
}
