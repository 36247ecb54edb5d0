// Arguments without types.
namespace Escape
{
    internal static class VariableArguments
    {
        public static void Run(int first, __arglist)
        {
        }
    }
}
