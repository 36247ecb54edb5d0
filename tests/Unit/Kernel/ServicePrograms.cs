// The services as processes of a hosted kernel: their own sources, with the syscalls of a program of HostedKernel below them.
// Subjects: drivers/hosts/Service/ServiceHost.cs, userland/services/net. Next: PlacementBench.cs
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Hosts.Server;
using RingOS.Hosts.Service;
using RingOS.Kernel.Loader;
using RingOS.Net;
using RingOS.NetService;
using RingOS.Tests.Unit.Net;
using RingOS.User;

namespace RingOS.Tests.Unit.Kernel;

/// <summary>The syscalls of one process, for code that is made for userland/lib.</summary>
internal sealed class ProgramSyscalls(UserProgram program) : FakeKernel
{
    public override long Message(SyscallNumber number, ref MessageRegisters registers)
    {
        long result = program.Syscall(
            number, registers.Badge, registers.Word0, registers.Word1, registers.Word2, registers.Word3, registers.Served);
        registers.Badge = program.Registers.Rdi;
        registers.Word0 = program.Registers.Rsi;
        registers.Word1 = program.Registers.Rdx;
        registers.Word2 = program.Registers.R10;
        registers.Word3 = program.Registers.R8;
        return result;
    }

    public override long Invoke(SyscallNumber number, ulong first, ulong second) => program.Syscall(number, first, second);
}

/// <summary>What drivers/hosts/Service/Program.cs does, with another driver.</summary>
internal sealed unsafe class NicServiceProgram(HostedKernel kernel, TestNic nic)
{
    public void Run(UserProgram self)
    {
        Syscall.Kernel = new ProgramSyscalls(self);
        StartupBlock* block = (StartupBlock*)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.StartupPage));
        nic.Raise = () => RaiseIn(self);
        EventWriter events = new(new EventRingProducer((nint)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.EventRing))), new StackNotification());
        PacketWindow packets = new(new DeviceAddress(block->PacketsDeviceAddress), (int)block->PacketCount);
        TestDriver driver = new(nic, packets, events);
        if (driver.Start() != Status.Ok)
            return;
        RequestRingConsumer requests = new((nint)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.RequestRing)));
        bool polls = block->InterruptMode == (ulong)InterruptMode.Poll;
        if (polls)
            nic.Raise = () => { };
        new ServiceHost(new NicServer(driver, events, requests, polls), new PendingSignals(in *block)).Run();
    }

    // A masked line waits; the driver looks anyway when it is unmasked, because it has the signal still to serve.
    private void RaiseIn(UserProgram self)
    {
        if (kernel.IsNicLineOpen)
            self.Interrupt(kernel.NicVector);
    }
}

/// <summary>What userland/services/net/Program.cs does.</summary>
internal sealed unsafe class NetServiceProgram(HostedKernel kernel, CompletionMode completion, int batch)
{
    public NetworkStack Stack { get; private set; } = null!;

    /// <summary>Runs in the service, before it passes a frame on.</summary>
    public System.Action WhenTransmitting { get; set; } = () => { };

    /// <summary>Services started so far.</summary>
    public int Starts { get; private set; }

    public void Run(UserProgram self)
    {
        Syscall.Kernel = new ProgramSyscalls(self);
        StartupBlock* block = (StartupBlock*)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.StartupPage));
        nint events = (nint)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.EventRing));
        nint requests = (nint)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.RequestRing));
        NicClient link = new(
            new EventRingConsumer(events, events + EventRing.PageSize), new RequestRingProducer(requests, requests + EventRing.PageSize), batch);
        PacketPool packets = new((nint)kernel.VisibleAt(self.PhysicalOf(ProcessLayout.Packets)), (int)block->PacketCount);
        NetworkConfiguration configuration = new(Wire.OwnAddress, Wire.Mask, Wire.Gateway) { Completion = completion };
        Starts++;
        Stack = new NetworkStack(packets, new WatchedLink(link, this), new SocketSignal(), new MachineClock(kernel), configuration);
        link.Stack = Stack;
        if (link.Describe() == Status.Ok && Stack.Start() == Status.Ok)
            new NetHost(Stack, link).Run();
    }

    private sealed class WatchedLink(NicClient link, NetServiceProgram service) : INicLink
    {
        public ulong MacAddress => link.MacAddress;

        public NicCapabilities Capabilities => link.Capabilities;

        public Status Transmit(PacketIndex packet, ushort length, TransmitOptions options)
        {
            service.WhenTransmitting();
            return link.Transmit(packet, length, options);
        }

        public Status LendReceive(PacketIndex packet) => link.LendReceive(packet);

        public ulong ReadCounter(NicCounter counter) => link.ReadCounter(counter);
    }

    private sealed class MachineClock(HostedKernel kernel) : RingOS.Hardware.Clock
    {
        public override ulong Ticks => kernel.Machine.Now;

        public override ulong TicksPerSecond => kernel.Nucleus.Scheduler.TicksPerSecond;
    }
}

/// <summary>A supervisor with as little policy as possible; the real one prints. Kernel side: kernel/placement/supervision/DriverCare.cs</summary>
internal sealed class SupervisorProgram(int restarts)
{
    public const ulong Backoff = 1_000_000;

    /// <summary>Runs when it has heard of a death and has done nothing yet.</summary>
    public System.Action WhenTold { get; set; } = () => { };

    /// <summary>Runs while the driver is reset and not started yet.</summary>
    public System.Action WhenReset { get; set; } = () => { };

    public System.Collections.Generic.List<Status> Starts { get; } = [];

    public void Run(UserProgram self)
    {
        while (self.Syscall(SyscallNumber.Wait, WellKnownHandle.DriverEvents) > 0)
        {
            WhenTold();
            do
            {
                Ask(self, IoctlRequest.ResetDriver);
                WhenReset();
                if (Starts.Count == restarts)
                {
                    Ask(self, IoctlRequest.AbandonDriver);
                    return;
                }
                self.Syscall(SyscallNumber.Sleep, Backoff);
                self.Syscall(SyscallNumber.Wait, WellKnownHandle.DriverEvents, 1);
                Starts.Add(Ask(self, IoctlRequest.StartDriver));
            }
            while (Starts[^1] != Status.Ok);
        }
    }

    private static Status Ask(UserProgram self, IoctlRequest request)
        => self.Fail(SyscallNumber.Ioctl, WellKnownHandle.Driver, (ulong)request);
}
