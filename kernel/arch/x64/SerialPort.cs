// The first serial port, polled: the kernel's only voice. 16550 UART. Next: InterruptController.cs
namespace RingOS.Kernel.Arch.X64;

/// <summary>COM1 at 115200 8N1.</summary>
public static class SerialPort
{
    private const ushort Data = 0x3F8; // THR/RBR; with DLAB, the low divisor
    private const ushort InterruptEnable = 0x3F9; // IER; with DLAB, the high divisor
    private const ushort FifoControl = 0x3FA; // FCR
    private const ushort LineControl = 0x3FB; // LCR
    private const ushort LineStatus = 0x3FD; // LSR
    private const byte TransmitterEmpty = 0x20;
    private const byte DataReady = 0x01;

    // Seconds in QEMU, whose reader may be a busy host: a byte that is given up tears a line of the log.
    private const int MaximumPolls = 10_000_000;

    private static bool s_isStuck; // it was waited for once, and had nobody who read

    public static void Initialize()
    {
        Cpu.Out8(InterruptEnable, 0);
        Cpu.Out8(LineControl, 0x80); // DLAB
        Cpu.Out8(Data, 1);
        Cpu.Out8(InterruptEnable, 0);
        Cpu.Out8(LineControl, 0x03); // 8 bits, no parity, one stop bit
        Cpu.Out8(FifoControl, 0x07);
    }

    /// <summary>
    /// Sends one byte. A port that does not become ready loses it rather than hanging the kernel, and all that follow until it is ready
    /// again: it is waited for once.
    /// </summary>
    public static void Write(byte value)
    {
        s_isStuck = !WaitUntilReady(s_isStuck ? 1 : MaximumPolls);
        if (!s_isStuck)
            Cpu.Out8(Data, value);
    }

    private static bool WaitUntilReady(int polls)
    {
        for (int poll = 0; poll < polls; poll++)
        {
            if ((Cpu.In8(LineStatus) & TransmitterEmpty) != 0)
                return true;
        }
        return false;
    }

    public static bool TryRead(out byte value)
    {
        bool ready = (Cpu.In8(LineStatus) & DataReady) != 0;
        value = ready ? Cpu.In8(Data) : (byte)0;
        return ready;
    }
}
