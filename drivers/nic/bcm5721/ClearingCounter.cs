// One of the device's own counters, added up. Back to: Controller.cs
using RingOS.Hardware;

namespace RingOS.Drivers.Bcm5721;

/// <summary>Reading a statistics register clears it, so what was read must be kept.</summary>
internal sealed class ClearingCounter
{
    private ulong _total;

    public void Clear(Register<uint> register)
    {
        _ = register.Read();
        _total = 0;
    }

    /// <summary>The sum since <see cref="Clear"/>.</summary>
    public ulong Read(Register<uint> register) => _total += register.Read();
}
