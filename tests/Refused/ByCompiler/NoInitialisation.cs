// Locals that still hold what others left on the stack.
using System.Runtime.CompilerServices;

internal static class NoInitialisation
{
    [SkipLocalsInit]
    public static int Run() => 0;
}
