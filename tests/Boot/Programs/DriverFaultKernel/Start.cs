// Entry of the kernel whose driver breaks the rules of C#. Compare: kernel/kits/Native/faulty/Start.cs. Next: MistakeWords.cs
using System.Runtime;
using RingOS.Hardware;
using RingOS.Kernel;
using RingOS.Kernel.Boot;
using RingOS.Kernel.Kits.Native;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Placement.Nics;

namespace RingOS.Test.DriverFaultKernel;

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
        public bool Place(Nucleus nucleus) => new Placer(new WrongDrivers(nucleus.CommandLine)).Place(nucleus);
    }

    private sealed class WrongDrivers(CommandLine line) : IDriverFactory
    {
        private readonly DriverFactory _drivers = new();
        private readonly StackEnd _end = new();

        public INicDriver Create(NicKind nic, NicGrant grant, INicEvents events)
            => new WrongDriver(_drivers.Create(nic, grant, events), grant, MistakeWords.Parse(line.Value("fault"u8)), _end);
    }
}
