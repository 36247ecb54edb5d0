// The UEFI firmware that stands in for a PC's: OVMF, as Debian and Ubuntu install it. Back to: QemuCommandLine.cs
namespace RingOS.Host.Machines;

/// <summary>What starts the machine before any boot loader.</summary>
public enum Firmware
{
    /// <summary>SeaBIOS, QEMU's default.</summary>
    Bios,

    /// <summary>OVMF.</summary>
    Uefi,
}

/// <summary>What the firmware finds an ISO image on.</summary>
public enum IsoMedium
{
    Cd,
    UsbStick,
}

/// <summary>Files of the package ovmf.</summary>
public static class UefiFirmware
{
    /// <summary>The firmware itself.</summary>
    public const string Code = "/usr/share/OVMF/OVMF_CODE_4M.fd";

    /// <summary>Its variables as they are on a new machine.</summary>
    public const string Variables = "/usr/share/OVMF/OVMF_VARS_4M.fd";

    /// <summary>QEMU's arguments. What the machine writes into the variables is gone with it.</summary>
    public static readonly string[] Arguments =
    [
        "-drive", $"if=pflash,format=raw,readonly=on,file={Code}",
        "-drive", $"if=pflash,format=raw,snapshot=on,file={Variables}",
    ];
}
