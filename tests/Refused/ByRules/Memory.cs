// Memory across objects: what one driver leaves for the next.
namespace Escape
{
    internal static class Memory
    {
        public static ulong Word;
    }
}
