// Entry of the kernel with self-tests. Next: SelfTests.cs
using System.Runtime;
using RingOS.Kernel.Kits.Native;

namespace RingOS.Test.SelfTestKernel;

internal static class Start
{
    [RuntimeExport("native_main")]
    private static void Main(uint magic, uint information)
    {
        NativeKit.InitializeRuntime();
        NativeKit.Run(magic, information, new SelfTests());
    }
}
