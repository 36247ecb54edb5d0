// A method or assembly routine of an image. Next: SymbolMap.cs
namespace RingOS.Trace;

/// <summary>A method as ILC names it (`Assembly_Namespace_Type__Method`), or an assembly label.</summary>
/// <param name="Index">Position in <see cref="SymbolMap.Methods"/>; 0 is <see cref="SymbolMap.Unknown"/>.</param>
/// <param name="Image">The image it belongs to.</param>
/// <param name="Name">Its symbol, without a local part: `copy_user.bytes` belongs to `copy_user`.</param>
public sealed record Method(int Index, string Image, string Name);

/// <summary>A range of addresses under one symbol; assembly routines with local labels have several.</summary>
/// <param name="Start">First address, load bias included.</param>
/// <param name="End">First address beyond it.</param>
/// <param name="Label">The symbol, local part included.</param>
/// <param name="Method">The method it belongs to.</param>
public sealed record SymbolRange(ulong Start, ulong End, string Label, Method Method)
{
    public bool Contains(ulong address) => address - Start < End - Start;
}
