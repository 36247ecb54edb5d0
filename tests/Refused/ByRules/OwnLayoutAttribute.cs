// The compiler takes any attribute of this name for the real one: here two fields in one place.
namespace System.Runtime.InteropServices
{
    internal sealed class StructLayoutAttribute(LayoutKind kind) : Attribute
    {
        public LayoutKind Kind { get; } = kind;
    }

    internal sealed class FieldOffsetAttribute(int offset) : Attribute
    {
        public int Offset { get; } = offset;
    }
}

namespace Escape
{
    using System.Runtime.InteropServices;

    [StructLayout(LayoutKind.Explicit)]
    internal struct OwnLayoutAttribute
    {
        [FieldOffset(0)]
        public object Reference;

        [FieldOffset(0)]
        public nint Address;
    }
}
