// Entry of the kernel whose socket layer is wrong in the way that kernel-fault= says. Compare: kernel/kits/Native/full/Start.cs.
// Next: WrongSockets.cs
using System.Runtime;
using RingOS.Kernel;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Kits.Native;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Sockets;

namespace RingOS.Test.BookFaultKernel;

internal static class Start
{
    [RuntimeExport("native_main")]
    private static void Main(uint magic, uint information)
    {
        NativeKit.InitializeRuntime();
        NativeKit.Run(magic, information, new WrongPlacer());
    }

    private sealed class WrongPlacer : IPlacer
    {
        public bool Place(Nucleus nucleus)
        {
            if (!new Placer().Place(nucleus))
                return false;
            WrongSockets wrong = new(nucleus.Sockets!.Layer, nucleus);
            nucleus.Sockets = new SocketPool(wrong, nucleus.UserMemory, nucleus.Scheduler);
            return true;
        }
    }
}
