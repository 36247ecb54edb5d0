// A privileged instruction: there is none in C#, so a native routine by name, as lib and kernel do it.
using System.Runtime;
using System.Runtime.CompilerServices;

internal static class PrivilegedInstruction
{
    public static void Run() => WriteControl0(0);

    [RuntimeImport("*", "write_control0"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void WriteControl0(ulong value);
}
