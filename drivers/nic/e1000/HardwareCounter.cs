// One of the device's own counters, added up. Manual 13.7; 82574 datasheet 10.2.7. Back to: Controller.cs
using RingOS.Hardware;

namespace RingOS.Drivers.E1000;

/// <summary>
/// The manual says that reading a statistics register clears it; in QEMU's model these ones go on counting. So each reading is a
/// pair: the second read shows what the first has left behind, and only what came on top of that is added.
/// </summary>
/// <param name="register">The counter.</param>
internal sealed class HardwareCounter(Register<uint> register)
{
    private ulong _total;
    private uint _leftBehind;

    public void Clear()
    {
        _leftBehind = 0;
        _ = Read();
        _total = 0;
    }

    /// <summary>The sum since <see cref="Clear"/>.</summary>
    public ulong Read()
    {
        uint first = register.Read();
        _total += first >= _leftBehind ? first - _leftBehind : first;
        _leftBehind = 0;
        if (first == 0)
            return _total;
        uint second = register.Read();
        bool wasCleared = second < first;
        _total += wasCleared ? second : second - first;
        if (!wasCleared)
            _leftBehind = second;
        return _total;
    }
}
