// What the trace tool needs to know of an image: its code symbols and where it was loaded. Next: SymbolMap.cs
using System.Collections.Generic;

namespace RingOS.Trace;

/// <summary>The symbols of one loaded image.</summary>
/// <param name="Image">Its name in reports and rules: "kernel", "iperf", "net", ...</param>
/// <param name="LoadBias">Added to every address: 0 for an image that runs where it was linked.</param>
/// <param name="Symbols">Names with linked address and bytes; 0 bytes (assembly labels) reach to the next symbol of the image.</param>
public sealed record ImageSymbols(string Image, ulong LoadBias, IReadOnlyList<(string Name, ulong Address, ulong Size)> Symbols);
