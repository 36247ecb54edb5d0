// The attributes that the compilers know by name can be declared anywhere: here a native routine by name.
namespace System.Runtime
{
    internal sealed class RuntimeImportAttribute(string library, string entry) : Attribute
    {
        public string Target { get; } = library ?? entry;
    }
}

namespace Escape
{
    using System.Runtime;
    using System.Runtime.CompilerServices;

    internal static class OwnImportAttribute
    {
        public static void Run() => WriteControl0(0);

        [RuntimeImport("*", "write_control0"), MethodImpl(MethodImplOptions.InternalCall)]
        private static extern void WriteControl0(ulong value);
    }
}
