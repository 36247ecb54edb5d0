// A number as wide as an address.
namespace Escape
{
    internal static class NativeNumber
    {
        public static nint Run(ulong address) => (nint)address + 8;
    }
}
