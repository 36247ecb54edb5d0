// Entry of the kernel with drivers and network stack. Next: ../NativeKit.cs
using System.Runtime;
using RingOS.Kernel.Placement;

namespace RingOS.Kernel.Kits.Native;

internal static class Start
{
    [RuntimeExport("native_main")]
    private static void Main(uint magic, uint information)
    {
        NativeKit.InitializeRuntime();
        NativeKit.Run(magic, information, new Placer());
    }
}
