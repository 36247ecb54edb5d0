// The kernel's own symbols as a text file, by which a panic names methods. Format: BootProtocol.KernelSymbolsFile. Next: BootArchive.cs
using System.Globalization;
using System.Linq;
using System.Text;

namespace RingOS.Host.Boot;

/// <summary>Makes the symbol file of the boot archive.</summary>
public static class KernelSymbols
{
    /// <summary>One line a function: 16 hexadecimal digits, a blank, the name; sorted by address, one name an address.</summary>
    public static byte[] Format(ElfFile kernel)
    {
        StringBuilder text = new();
        // Where names share an address, the one with a size is the method; the others are section marks.
        foreach (var group in kernel.Symbols.Where(static symbol => symbol.IsFunction).GroupBy(static symbol => symbol.Address))
        {
            ElfSymbol symbol = group.MaxBy(static symbol => symbol.Size)!;
            text.Append(CultureInfo.InvariantCulture, $"{symbol.Address:x16} {symbol.Name}\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
