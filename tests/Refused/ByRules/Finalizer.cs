// A method that somebody else calls, some time.
namespace Escape
{
    internal sealed class Finalizer
    {
        ~Finalizer()
        {
        }
    }
}
