// A PCI function as its bus sees it: configuration, one register window, one message-signalled interrupt. Next: RegisterKind.cs
using System;
using System.Numerics;

namespace RingOS.Devices.Pci;

/// <summary>
/// Passive and single-threaded: it does something only when called. Accesses the device does not know read zero and write nothing;
/// nothing a guest does makes it throw. An interrupt is only asked for: whoever runs the device fetches the message with
/// <see cref="TakeInterrupt"/> and delivers it when that suits the guest.
/// </summary>
public abstract class PciDevice
{
    /// <summary>From here on configuration space belongs to the device itself.</summary>
    private const uint DeviceSpace = 0x58;

    private readonly PciConfiguration _configuration;
    private readonly PciIdentity _identity;
    private bool _isAsking;

    protected PciDevice(PciIdentity identity)
    {
        _identity = identity;
        _configuration = new PciConfiguration(identity);
    }

    /// <summary>Bus Master Enable: without it there is neither DMA nor an interrupt.</summary>
    public bool MastersBus => _configuration.MastersBus;

    /// <summary>A message waits to be taken; false as long as the guest has not switched MSI and bus mastering on.</summary>
    public bool InterruptPending => _isAsking && _configuration.UsesMessages && _configuration.MastersBus;

    /// <summary>Hands over the pending message, once: <paramref name="data"/> is to be written to <paramref name="address"/>.</summary>
    public bool TakeInterrupt(out ulong address, out uint data)
    {
        address = _configuration.MessageAddress;
        data = _configuration.MessageData;
        bool isPending = InterruptPending;
        _isAsking &= !isPending;
        return isPending;
    }

    /// <summary>As the bus' reset line: everything is as after power-on.</summary>
    public void Reset()
    {
        _configuration.Reset();
        _isAsking = false;
        ResetDevice();
    }

    /// <param name="offset">Any; beyond 256 bytes there is nothing.</param>
    /// <param name="bytes">1 to 4.</param>
    public uint ReadConfiguration(uint offset, int bytes)
    {
        if (offset >= PciConfiguration.Length || bytes is < 1 or > sizeof(uint))
            return 0;
        return Part(ReadConfigurationWord(offset & ~3u), offset, bytes);
    }

    /// <inheritdoc cref="ReadConfiguration"/>
    public void WriteConfiguration(uint offset, uint value, int bytes)
    {
        if (offset >= PciConfiguration.Length || bytes is < 1 or > sizeof(uint))
            return;
        if (offset >= DeviceSpace)
        {
            WriteDeviceConfiguration(offset & ~3u, Merge(ReadDeviceConfiguration(offset & ~3u), value, offset, bytes));
            return;
        }
        for (uint index = 0; index < bytes && offset + index < DeviceSpace; index++)
            _configuration.Write((int)(offset + index), (byte)(value >> (int)(8 * index)));
    }

    /// <summary>The guest has told it to answer at its window.</summary>
    public bool AnswersMemory => _configuration.AnswersMemory;

    /// <summary>Where the guest has put the window on its bus.</summary>
    public ulong WindowAddress => _configuration.Base;

    /// <summary>What an access to a register at a multiple of 4 does besides moving a word.</summary>
    public virtual RegisterKind KindOf(uint offset) => RegisterKind.Ordinary;

    /// <summary>Writes down what reading the register window would return, without the effects of reading.</summary>
    /// <param name="registers">As many words as the window has; what the device has not changed may be left as it is.</param>
    /// <param name="isAll">Also what changes by the guest's own accesses only.</param>
    public void Show(Span<uint> registers, bool isAll)
    {
        ShowRegisters(registers, isAll);
        if (isAll)
            ShowConfiguration(registers);
    }

    /// <summary>The same for configuration space.</summary>
    /// <param name="words">64 words at least.</param>
    public void ShowConfiguration(Span<uint> words)
    {
        for (uint offset = 0; offset < PciConfiguration.Length; offset += sizeof(uint))
            words[(int)(offset / sizeof(uint))] = ReadConfigurationWord(offset);
    }

    /// <param name="bar">Index of the base address register; there is only 0.</param>
    /// <param name="offset">Bytes from the window's start.</param>
    /// <param name="bytes">1, 2 or 4; 8 arrive split.</param>
    public uint ReadRegister(uint bar, ulong offset, int bytes)
    {
        if (!IsAccess(bar, offset, bytes))
            return 0;
        uint value = offset < PciConfiguration.Length ? ReadConfigurationWord((uint)offset & ~3u) : ReadRegister((uint)offset & ~3u);
        return Part(value, (uint)offset, bytes);
    }

    /// <summary>
    /// The window's first 256 bytes mirror configuration space; there, only the device's own registers can be written, so that who
    /// holds nothing but the window cannot move the device, its interrupt or its bus mastering. Registers are written whole.
    /// </summary>
    /// <inheritdoc cref="ReadRegister(uint, ulong, int)"/>
    public void WriteRegister(uint bar, ulong offset, uint value, int bytes)
    {
        if (!IsAccess(bar, offset, bytes) || bytes != sizeof(uint) || offset % sizeof(uint) != 0)
            return;
        if (offset >= PciConfiguration.Length)
            WriteRegister((uint)offset, value);
        else if (offset >= DeviceSpace)
            WriteDeviceConfiguration((uint)offset, value);
    }

    /// <summary>Wants the interrupt's message sent, or wants it no more.</summary>
    protected void AskForInterrupt(bool isAsking) => _isAsking = isAsking;

    protected abstract void ResetDevice();

    /// <summary>A register at a multiple of 4 inside the window.</summary>
    protected abstract uint ReadRegister(uint offset);

    /// <inheritdoc cref="ReadRegister(uint)"/>
    protected abstract void WriteRegister(uint offset, uint value);

    /// <inheritdoc cref="Show"/>
    protected abstract void ShowRegisters(Span<uint> registers, bool isAll);

    /// <summary>A register of the device in configuration space, at a multiple of 4; reading has no effect.</summary>
    protected abstract uint ReadDeviceConfiguration(uint offset);

    /// <inheritdoc cref="ReadDeviceConfiguration"/>
    protected abstract void WriteDeviceConfiguration(uint offset, uint value);

    private uint ReadConfigurationWord(uint offset)
        => offset < DeviceSpace ? _configuration.Read((int)offset) : ReadDeviceConfiguration(offset);

    private bool IsAccess(uint bar, ulong offset, int bytes)
        => bar == 0 && offset < _identity.WindowLength && bytes is >= 1 and <= sizeof(uint) && BitOperations.IsPow2(bytes);

    // An access that would cross into the next word ends at its border.
    private static uint Part(uint word, uint offset, int bytes) => (word >> Shift(offset)) & Mask(bytes);

    private static uint Merge(uint word, uint value, uint offset, int bytes)
        => (word & ~(Mask(bytes) << Shift(offset))) | ((value & Mask(bytes)) << Shift(offset));

    private static int Shift(uint offset) => (int)(offset & 3) * 8;

    private static uint Mask(int bytes) => bytes == sizeof(uint) ? uint.MaxValue : (1u << (8 * bytes)) - 1;
}
