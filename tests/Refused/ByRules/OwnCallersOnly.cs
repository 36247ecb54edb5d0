// A method that native code may call.
namespace System.Runtime.InteropServices
{
    internal sealed class UnmanagedCallersOnlyAttribute : Attribute
    {
        public string? EntryPoint;
    }
}

namespace Escape
{
    using System.Runtime.InteropServices;

    internal static class OwnCallersOnly
    {
        [UnmanagedCallersOnly(EntryPoint = "interrupt_entry")]
        public static void Run()
        {
        }
    }
}
