// Entry of the kernel alone: no driver, no network stack; programs run all the same. Next: ../NativeKit.cs
using System.Runtime;

namespace RingOS.Kernel.Kits.Native;

internal static class Start
{
    [RuntimeExport("native_main")]
    private static void Main(uint magic, uint information)
    {
        NativeKit.InitializeRuntime();
        NativeKit.Run(magic, information, placer: null);
    }
}
