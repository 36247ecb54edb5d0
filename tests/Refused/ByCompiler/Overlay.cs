// Two fields in one place.
using System.Runtime.InteropServices;

[StructLayout(LayoutKind.Explicit)]
internal struct Overlay
{
    [FieldOffset(0)]
    public object Reference;

    [FieldOffset(0)]
    public nint Address;
}
