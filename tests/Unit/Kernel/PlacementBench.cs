// Any placement on a hosted kernel, with everything above the device being the real code. Next: DriverRestartTests.cs
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RingOS.Abi;
using RingOS.Hardware;
using RingOS.Kernel;
using RingOS.Kernel.Placement;
using RingOS.Kernel.Placement.Nics;
using RingOS.Kernel.Placement.Supervision;
using RingOS.Kernel.Threads;
using RingOS.Net;
using RingOS.Tests.Unit.Net;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

internal sealed unsafe class PlacementBench : IDriverFactory, IDisposable
{
    public const ulong Millisecond = 1_000_000;
    public const ulong Second = 1_000 * Millisecond;

    /// <summary>Packets that a driver is lent.</summary>
    public static readonly int ReceiveBuffers = Math.Min(NetworkStack.ReceiveBuffers, NicHardware.PacketCount / 4);

    private const uint DeviceReset = 1 << 26; // CTRL.RST

    private readonly uint* _registers = (uint*)NativeMemory.AllocZeroed(4096);
    private readonly NetServiceProgram _net;

    /// <param name="placement">And more words of the kernel command line.</param>
    /// <param name="restarts">0: nobody looks after the driver.</param>
    /// <param name="completion">As the command line says.</param>
    /// <param name="batch">As the command line says.</param>
    public PlacementBench(string placement, int restarts = 0, CompletionMode completion = CompletionMode.Queued, int batch = 1)
    {
        string words = $"completion={completion.ToString().ToLowerInvariant()} batch={batch} restarts={restarts}";
        Kernel = new HostedKernel($"placement={placement} {words}");
        Nic = new TestNic(Kernel);
        Supervisor = new SupervisorProgram(restarts);
        StackSupervisor = new SupervisorProgram(restarts);
        _net = new NetServiceProgram(Kernel, completion, batch);
        Kernel.Programs["nic"] = new NicServiceProgram(Kernel, Nic).Run;
        Kernel.Programs["net"] = _net.Run;
        Kernel.Programs["supervisor"] = self => (CareOf(self.Process) is DriverCare ? Supervisor : StackSupervisor).Run(self);
    }

    public HostedKernel Kernel { get; }

    public TestNic Nic { get; }

    public SupervisorProgram Supervisor { get; }

    /// <summary>microkernel: the one of the network service.</summary>
    public SupervisorProgram StackSupervisor { get; }

    /// <summary>microkernel: the network service.</summary>
    public NetServiceProgram Net => _net;

    public NetworkStack Stack => Kernel.Nucleus.Sockets!.Layer is LocalSockets local ? local.Stack : _net.Stack;

    /// <summary>The device was told to forget everything since this was asked last.</summary>
    public bool TakeReset()
    {
        bool wasReset = (_registers[0] & DeviceReset) != 0;
        _registers[0] = 0;
        return wasReset;
    }

    public void Dispose()
    {
        Kernel.Dispose();
        NativeMemory.Free(_registers);
    }

    /// <summary>For the placements whose driver is part of the kernel's image.</summary>
    public INicDriver Create(NicKind nic, NicGrant grant, INicEvents events)
    {
        Nic.Raise = () =>
        {
            if (Kernel.IsNicLineOpen && grant.Interrupts != InterruptMode.Poll)
                Kernel.InterruptByNic();
        };
        return new TestDriver(Nic, grant.Packets, events);
    }

    public PlacementBench Place()
    {
        Assert.True(new Placer(this).Place(Kernel.Nucleus), Kernel.Log);
        foreach (Process supervisor in ProcessesOf("supervisor"))
        {
            if (CareOf(supervisor) is DriverCare care)
                RegistersOf(HardwareOf(DomainOf(care))) = new MappedMmioRegion((nint)_registers, 4096); // a host has no kernel half
        }
        return this;
    }

    /// <summary>The living process of that name, or null.</summary>
    public Process? ProcessOf(string name) => ProcessesOf(name).LastOrDefault();

    private IEnumerable<Process> ProcessesOf(string name)
        => Enumerable.Range(0, Kernel.Machine.Threads.Count)
            .Select(slot => Kernel.Machine.Threads[slot])
            .Where(thread => thread.State != ThreadState.Dead)
            .Select(thread => thread.Process)
            .OfType<Process>()
            .Where(process => Encoding.ASCII.GetString(process.Name) == name);

    private static KernelObject? CareOf(Process supervisor) => supervisor.Handles.Find(WellKnownHandle.Driver, HandleRights.Write);

    /// <summary>The driver that runs now faults. Does not return.</summary>
    public void Die()
    {
        Thread self = Kernel.Nucleus.Scheduler.Current;
        self.Registers.Vector = 14;
        if (self.Process is null)
            KernelEntry.OnKernelInterrupt(ref self.Registers);
        else
            KernelEntry.OnInterrupt(ref self.Registers);
    }

    /// <summary>Once: the next frame that reaches the driver is its last.</summary>
    public void DieAtNextFrame() => DoAtNextFrame(Die);

    /// <summary>Once: the driver never comes back from the next frame.</summary>
    public void HangAtNextFrame() => DoAtNextFrame(() => Kernel.Nucleus.Scheduler.BlockIn(new ThreadQueue(), Thread.Never));

    private void DoAtNextFrame(Action what)
        => Nic.WhenTransmitting = () =>
        {
            Nic.WhenTransmitting = () => { };
            what();
        };

    /// <summary>A program with a socket connected to the gateway.</summary>
    public void Run(Action<UserProgram, long> body, ulong forAtMost = 100 * Millisecond)
    {
        bool isDone = false;
        Kernel.Start("program", program =>
        {
            body(program, program.SocketTo(Wire.Gateway, 5001));
            isDone = true;
        });
        Kernel.Machine.RunFor(forAtMost);
        Assert.True(isDone, "the program has not come to its end");
    }

    /// <summary>What write() says of one datagram.</summary>
    public static Status Write(UserProgram program, long socket, string text = "x")
    {
        long result = program.Write(socket, Encoding.ASCII.GetBytes(text));
        if (result < 0)
            return (Status)(-result);
        Assert.Equal(text.Length, result);
        return Status.Ok;
    }

    /// <summary>Every packet has one owner, and those of the driver are the ones that the running driver has.</summary>
    public void AssertConserved()
    {
        int sum = Enum.GetValues<PacketOwner>().Sum(Stack.CountPackets);
        Assert.Equal(NicHardware.PacketCount, sum);
        Assert.Equal(Nic.Driver.InFlight.Count, Stack.CountPackets(PacketOwner.Transmit));
        Assert.Equal(Nic.Driver.Lent.Count, Stack.CountPackets(PacketOwner.Receive));
        Assert.Equal(ReceiveBuffers, Stack.CountPackets(PacketOwner.Receive));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_driver")]
    private static extern ref DriverDomain DomainOf(DriverCare care);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Nic")]
    private static extern NicHardware HardwareOf(DriverDomain domain);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_visibleRegisters")]
    private static extern ref RegisterWindow RegistersOf(NicHardware nic);
}
