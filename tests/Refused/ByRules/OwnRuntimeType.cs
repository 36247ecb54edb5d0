// A type with the name of one that the compiler of the image looks for.
namespace Internal.Runtime.CompilerHelpers
{
    internal static class OwnRuntimeType
    {
        public static void Run()
        {
        }
    }
}

namespace Escape
{
    internal static class OwnRuntimeType
    {
        public static void Run() => Internal.Runtime.CompilerHelpers.OwnRuntimeType.Run();

        public static System.Type Token => typeof(OwnRuntimeType);
    }
}
