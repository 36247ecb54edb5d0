// Code that runs before anybody calls it.
namespace Escape
{
    internal sealed class StaticConstructor
    {
        static StaticConstructor()
        {
        }
    }
}
