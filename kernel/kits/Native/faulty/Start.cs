// Entry of the kernel whose driver misbehaves. Compare: ../full/Start.cs. Next: FaultyDrivers.cs
using System.Runtime;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Placement;

namespace RingOS.Kernel.Kits.Native;

internal static class Start
{
    [RuntimeExport("native_main")]
    private static void Main(uint magic, uint information)
    {
        NativeKit.InitializeRuntime();
        NativeKit.Run(magic, information, new FaultyPlacer());
    }

    // The command line, with the fault in it, is known only when the kernel is up.
    private sealed class FaultyPlacer : IPlacer
    {
        public bool Place(Nucleus nucleus) => new Placer(new FaultyDrivers(nucleus.CommandLine)).Place(nucleus);
    }
}
