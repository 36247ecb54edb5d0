// From any state to a silent device as it is after power-up. Datasheet 4.6, 10.2.2. Next: InterruptCause.cs
using RingOS.Abi;
using RingOS.Hardware;

namespace RingOS.Drivers.E1000e;

/// <summary>
/// Silences and resets the device. Not every model resets on command (the one of QEMU 7.2 keeps most registers), so who starts it after
/// that relies on no reset value but the station address.
/// </summary>
internal sealed class DeviceReset(Registers registers, Clock clock)
{
    // A reset takes about a microsecond, the reload of the EEPROM after it a few milliseconds.
    private const uint Microseconds = 20_000;

    // No register is touched in the first microsecond of a reset (CTRL.RST).
    private const uint SettleMicroseconds = 2;

    // What is under way on PCI Express when it is told to begin nothing more ends soon, if at all.
    private const uint MasterDisableMicroseconds = 1_000;

    // The station address is read from the EEPROM, the last act of a reset. A device that is gone reads as all ones, thus as pending.
    private bool IsPending
        => (registers.DeviceControl.Read() & DeviceControl.Reset) != 0
            || (registers.EepromControl.Read() & EepromControl.AutoReadDone) == 0;

    /// <returns>TimedOut if the device does not come out of its reset.</returns>
    public Status Run()
    {
        registers.InterruptMaskClear.Write(InterruptCause.All);
        registers.ReceiveControl.Write(ReceiveControl.None);
        registers.TransmitControl.Write(TransmitControl.None);
        StopMastering();
        registers.DeviceControl.Write(DeviceControl.Reset);
        Deadline settled = clock.After(SettleMicroseconds);
        while (!settled.HasPassed)
        {
        }

        Deadline deadline = clock.After(Microseconds);
        while (IsPending)
        {
            if (deadline.HasPassed)
                return Status.TimedOut;
        }

        return Status.Ok;
    }

    // A reset in the middle of a transaction may hang PCI Express. If it does not end, the reset is the only way left.
    private void StopMastering()
    {
        registers.DeviceControl.Write(DeviceControl.MasterDisable);
        Deadline deadline = clock.After(MasterDisableMicroseconds);
        while ((registers.DeviceStatus.Read() & DeviceStatus.MasterEnabled) != 0)
        {
            if (deadline.HasPassed)
                return;
        }
    }
}
