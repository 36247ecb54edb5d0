// Ordered access is the libraries' business: a driver has fences.
namespace Escape
{
    using System.Threading;

    internal static class SharedVariable
    {
        public static uint Run(ref uint word) => Volatile.Read(ref word);
    }
}
