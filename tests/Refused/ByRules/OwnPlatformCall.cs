// The same for a routine of the platform.
namespace System.Runtime.InteropServices
{
    internal sealed class DllImportAttribute(string library) : Attribute
    {
        public string Library { get; } = library;
    }
}

namespace Escape
{
    using System.Runtime.InteropServices;

    internal static class OwnPlatformCall
    {
        [DllImport("*")]
        public static extern void write_control0(ulong value);
    }
}
