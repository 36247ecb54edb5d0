// What whoever started a QEMU tells its guest by name. QEMU, docs/specs/fw_cfg.rst. Next: RealTimeClock.cs
using RingOS.Hardware;

namespace RingOS.Kernel.Arch.X64;

/// <summary>QEMU's firmware configuration device, by its ports. Where it is missing, no item is there.</summary>
/// <param name="ports">The kernel's.</param>
public sealed class FirmwareConfiguration(PortInstructions ports)
{
    private const ushort Selector = 0x510; // 16 bits, write: which item
    private const ushort Data = 0x511; // 8 bits, read: its next byte
    private const ushort SignatureItem = 0x0000; // FW_CFG_SIGNATURE
    private const ushort DirectoryItem = 0x0019; // FW_CFG_FILE_DIR
    private const uint Signature = 0x51454D55; // "QEMU"
    private const int NameLength = 56; // struct FWCfgFile, name

    /// <summary>The bytes of an item; null if nobody has given it.</summary>
    /// <param name="name">Such as <c>opt/ringos/commandline</c>, ASCII.</param>
    public byte[]? Read(string name)
    {
        Select(SignatureItem);
        if (ReadWord() != Signature)
            return null;
        Select(DirectoryItem);
        for (uint left = ReadWord(); left > 0; left--)
        {
            uint length = ReadWord();
            uint item = ReadWord() >> 16; // the lower half is reserved
            if (IsNext(name))
                return ReadItem((ushort)item, length);
        }
        return null;
    }

    private byte[] ReadItem(ushort item, uint length)
    {
        byte[] content = new byte[length];
        Select(item);
        for (int i = 0; i < content.Length; i++)
            content[i] = ports.In8(Data);
        return content;
    }

    // Reads a whole name, NUL-padded.
    private bool IsNext(string name)
    {
        bool isSame = true;
        for (int i = 0; i < NameLength; i++)
        {
            byte letter = ports.In8(Data);
            isSame &= letter == (i < name.Length ? name[i] : 0);
        }
        return isSame;
    }

    private void Select(ushort item) => ports.Out16(Selector, item);

    // Numbers of the directory are big-endian.
    private uint ReadWord()
    {
        uint word = 0;
        for (int i = 0; i < sizeof(uint); i++)
            word = (word << 8) | ports.In8(Data);
        return word;
    }
}
