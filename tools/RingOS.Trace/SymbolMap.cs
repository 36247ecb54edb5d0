// From an address to the image and method it lies in. Next: LayerMap.cs
using System;
using System.Collections.Generic;
using System.Linq;

namespace RingOS.Trace;

/// <summary>
/// The code symbols of all loaded images, sorted by address. Images must not overlap: that programs are loaded at distinct
/// addresses (RingOS.Abi.BootProtocol.ProgramSpacing) is what lets an address alone say whose instruction it was.
/// </summary>
public sealed class SymbolMap
{
    /// <summary>How far a label without a size reaches at most, in bytes.</summary>
    private const ulong LabelReach = 4096;

    private readonly SymbolRange[] _ranges;
    private readonly ulong[] _starts;

    /// <exception cref="ArgumentException">Two images overlap.</exception>
    public SymbolMap(IEnumerable<ImageSymbols> images)
    {
        List<Method> methods = [new Method(0, "unknown", "unknown")];
        _ranges = images.SelectMany(image => RangesOf(image, methods)).OrderBy(range => range.Start).ToArray();
        RefuseOverlap(_ranges);
        _starts = Array.ConvertAll(_ranges, range => range.Start);
        Methods = methods;
    }

    /// <summary>Every method; element 0 stands for all addresses without one.</summary>
    public IReadOnlyList<Method> Methods { get; }

    /// <summary>Every symbol with its addresses, ascending.</summary>
    public IReadOnlyList<SymbolRange> Ranges => _ranges;

    /// <summary>The method of addresses that belong to no symbol.</summary>
    public Method Unknown => Methods[0];

    /// <summary>The method an address lies in, or <see cref="Unknown"/>.</summary>
    public Method MethodAt(ulong address)
    {
        int range = RangeAt(address);
        return range < 0 ? Unknown : _ranges[range].Method;
    }

    /// <summary>Index into <see cref="Ranges"/> of the symbol an address lies in; -1 if there is none.</summary>
    public int RangeAt(ulong address)
    {
        int index = Array.BinarySearch(_starts, address);
        if (index < 0)
            index = ~index - 1;
        return index >= 0 && _ranges[index].Contains(address) ? index : -1;
    }

    private static SymbolRange[] RangesOf(ImageSymbols image, List<Method> methods)
    {
        (string Name, ulong Address, ulong Size)[] symbols = image.Symbols
            .Where(symbol => symbol.Name.Length > 0 && !symbol.Name.StartsWith("..", StringComparison.Ordinal)) // NASM macro locals
            .GroupBy(symbol => symbol.Address)
            .Select(aliases => aliases.OrderBy(Unfitness).ThenBy(alias => alias.Name, StringComparer.Ordinal).First())
            .OrderBy(symbol => symbol.Address)
            .ToArray();
        Dictionary<string, Method> known = [];
        SymbolRange[] ranges = new SymbolRange[symbols.Length];
        for (int i = 0; i < symbols.Length; i++)
        {
            ulong next = i + 1 < symbols.Length ? symbols[i + 1].Address : ulong.MaxValue;
            ulong length = symbols[i].Size == 0 ? LabelReach : symbols[i].Size;
            ulong end = symbols[i].Address + Math.Min(length, next - symbols[i].Address);
            Method method = MethodNamed(image.Image, MethodName(symbols[i].Name), known, methods);
            ranges[i] = new SymbolRange(symbols[i].Address + image.LoadBias, end + image.LoadBias, symbols[i].Name, method);
        }
        return ranges;
    }

    // Of several symbols at one address the most telling names it: a mangled method before the plain name it is exported
    // under, code with a size before a bare label, a global label before a local one, a routine before a linker's marker.
    private static int Unfitness((string Name, ulong Address, ulong Size) symbol)
        => (symbol.Name.IndexOf("__", StringComparison.Ordinal) > 0 ? 0 : 8)
            + (symbol.Size > 0 ? 0 : 4)
            + (symbol.Name.Contains('.') ? 2 : 0)
            + (symbol.Name[0] == '_' ? 1 : 0);

    private static string MethodName(string label)
    {
        int dot = label.IndexOf('.');
        return dot > 0 ? label[..dot] : label;
    }

    private static Method MethodNamed(string image, string name, Dictionary<string, Method> known, List<Method> methods)
    {
        if (known.TryGetValue(name, out Method? method))
            return method;
        method = new Method(methods.Count, image, name);
        methods.Add(method);
        known.Add(name, method);
        return method;
    }

    private static void RefuseOverlap(SymbolRange[] sorted)
    {
        for (int i = 1; i < sorted.Length; i++)
        {
            SymbolRange below = sorted[i - 1];
            SymbolRange above = sorted[i];
            if (below.Method.Image != above.Method.Image && below.Contains(above.Start))
                throw new ArgumentException($"The images {below.Method.Image} and {above.Method.Image} overlap at "
                    + $"0x{above.Start:x}: give each its own load bias.");
        }
    }
}
