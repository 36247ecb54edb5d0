// A NIC driver service: from the grant in its start-up page to a running host. Which driver it is: e1000/Program.cs and its neighbours.
// Next: ServiceHost.cs
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.User;

namespace RingOS.Hosts.Service;

/// <summary>What every service does before and after its driver is made.</summary>
public sealed class NicService
{
    private readonly EventWriter _events;

    private NicService(Arguments arguments)
    {
        Arguments = arguments;
        ref readonly StartupBlock block = ref Startup.Block;
        _events = new EventWriter(new EventRingProducer((nint)block.EventRingAddress), new StackNotification());
        Grant = ServiceGrant.Of(in block);
    }

    public Arguments Arguments { get; }

    /// <summary>For the driver: what the kernel mapped for this process.</summary>
    public NicGrant Grant { get; }

    /// <summary>For the driver: where it reports.</summary>
    public INicEvents Events => _events;

    /// <summary>The first thing a service does: there is no heap before.</summary>
    /// <param name="startupBlock">What the program's entry was given.</param>
    public static NicService Begin(nint startupBlock) => Create(Startup.Begin(startupBlock));

    // Not inlined: the compiler would allocate the object before it has its argument.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NicService Create(Arguments arguments) => new(arguments);

    /// <summary>Starts the driver and serves until the endpoint is gone; the program's exit code.</summary>
    public int Run(INicDriver driver)
    {
        Status status = driver.Start();
        if (status != Status.Ok)
            return (int)status;
        ref readonly StartupBlock block = ref Startup.Block;
        bool polls = block.InterruptMode == (ulong)InterruptMode.Poll;
        NicServer server = new(driver, _events, new RequestRingConsumer((nint)block.RequestRingAddress), polls);
        return (int)new ServiceHost(server, new PendingSignals(in block)).Run();
    }
}
