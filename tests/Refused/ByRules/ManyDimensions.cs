// An array whose accessors the core library does not have.
namespace Escape
{
    internal static class ManyDimensions
    {
        public static int Run(int[,] table) => table[0, 1];
    }
}
