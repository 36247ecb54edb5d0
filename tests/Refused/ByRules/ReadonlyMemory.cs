// A table that no assignment changes, and whose content everybody can.
namespace Escape
{
    internal static class ReadonlyMemory
    {
        public static readonly ulong[] Words = new ulong[4];
    }
}
