// A handle of a type.
namespace Escape
{
    internal static class Token
    {
        public static bool Run<T>() => typeof(T) == typeof(object);
    }
}
