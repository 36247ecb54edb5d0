// Another class's private field: the compiler of the image knows this attribute by name and asks nobody.
namespace System.Runtime.CompilerServices
{
    internal enum UnsafeAccessorKind
    {
        Field = 3,
    }

    internal sealed class UnsafeAccessorAttribute(UnsafeAccessorKind kind) : Attribute
    {
        public UnsafeAccessorKind Kind { get; } = kind;

        public string? Name { get; set; }
    }
}

namespace Escape
{
    using System.Runtime.CompilerServices;
    using RingOS.Hardware;

    internal static class OwnAccessor
    {
        [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_last")]
        public static extern ref uint LastOf(DmaRegion region);
    }
}
