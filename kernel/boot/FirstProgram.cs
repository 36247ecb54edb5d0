// Starts what the command line names after "--", and ends the machine when it ends. Back to: KernelMain.cs
using System;
using RingOS.Abi;
using RingOS.Kernel.Arch.X64;
using RingOS.Kernel.Diagnostics;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;

namespace RingOS.Kernel.Boot;

/// <summary>
/// The program, companions that run beside it (also=NAME, each) and a service it may call (peer=NAME), all but the program optional.
/// </summary>
public sealed class FirstProgram : IProcessObserver
{
    private const int MaximumExitCode = 31;
    private const int MaximumPath = 64;
    private const ulong LongestWait = 100_000_000_000; // microseconds

    private readonly Nucleus _nucleus;

    private FirstProgram(Nucleus nucleus) => _nucleus = nucleus;

    public static void Start(Nucleus nucleus)
    {
        CommandLine line = nucleus.CommandLine;
        if (line.ProgramName.IsEmpty)
            Fail(nucleus, "the command line names no program: add \"-- hello\"", default);
        Process program = LoadProgram(nucleus, line.ProgramName, line.Program);
        program.Observer = new FirstProgram(nucleus);
        if (!line.Value("peer"u8).IsEmpty)
            StartPeer(nucleus, line.Value("peer"u8), program);
        for (int number = 0; !line.Value("also"u8, number).IsEmpty; number++)
            StartCompanion(nucleus, line.Value("also"u8, number));
        Wait(nucleus, "start"u8);
        nucleus.Processes.Run(program);
    }

    /// <summary>The program is done: so is the machine.</summary>
    public void OnProcessEnded(Process process)
    {
        Wait(_nucleus, "linger"u8);
        Canary.Check(_nucleus.Log);
        if (process.End == ProcessEnd.Faulted)
            Shutdown.Now(GuestExit.ProgramFaulted);
        _nucleus.Log.Information("process {Name} returned {ExitCode}").With("Name", process.Name).With("ExitCode", (ulong)(uint)process.ExitCode).End();
        if (process.ExitCode == 0)
            Shutdown.Now(GuestExit.Success);
        int code = process.ExitCode is > 0 and < MaximumExitCode ? process.ExitCode : MaximumExitCode;
        Shutdown.Now((GuestExit)((int)GuestExit.ProgramFailed + code));
    }

    private static Process LoadProgram(Nucleus nucleus, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments)
    {
        Process process = Load(nucleus, "bin/"u8, name, arguments, isService: false, Domain.Ring3);
        HandleTable handles = process.Handles;
        handles.Set(WellKnownHandle.StandardInput, nucleus.Devices.Console, HandleRights.Read, badge: 0);
        handles.Set(WellKnownHandle.StandardOutput, nucleus.Devices.Console, HandleRights.Write, badge: 0);
        handles.Set(WellKnownHandle.StandardError, nucleus.Devices.Console, HandleRights.Write, badge: 0);
        return process;
    }

    // also=iperf,-s,-u: commas, because blanks end a word.
    private static void StartCompanion(Nucleus nucleus, ReadOnlySpan<byte> words)
    {
        byte[] line = new byte[words.Length];
        int nameLength = words.Length;
        for (int i = words.Length - 1; i >= 0; i--)
        {
            line[i] = words[i] == (byte)',' ? (byte)' ' : words[i];
            if (words[i] == (byte)',')
                nameLength = i;
        }
        nucleus.Processes.Run(LoadProgram(nucleus, words.Slice(0, nameLength), line));
    }

    // start= and linger=: a number of microseconds.
    private static void Wait(Nucleus nucleus, ReadOnlySpan<byte> name)
    {
        ulong microseconds = 0;
        foreach (byte digit in nucleus.CommandLine.Value(name))
        {
            if (digit is < (byte)'0' or > (byte)'9' || microseconds > LongestWait)
                Fail(nucleus, "start= and linger= are microseconds", nucleus.CommandLine.Value(name));
            microseconds = (microseconds * 10) + digit - (byte)'0';
        }
        if (microseconds != 0)
            nucleus.Scheduler.BlockIn(new ThreadQueue(), nucleus.Scheduler.After(microseconds * 1_000));
    }

    private static void StartPeer(Nucleus nucleus, ReadOnlySpan<byte> name, Process program)
    {
        Process service = Load(nucleus, "service/"u8, name, name, isService: true, PeerDomain(nucleus));
        Endpoint endpoint = new(nucleus.Scheduler, nucleus.Counters);
        service.OwnEndpoint = endpoint;
        service.Handles.Set(WellKnownHandle.StandardOutput, nucleus.Devices.Console, HandleRights.Write, badge: 0);
        service.Handles.Set(WellKnownHandle.OwnEndpoint, endpoint, HandleRights.Receive, badge: 0);
        program.Handles.Set(WellKnownHandle.NicEndpoint, endpoint, HandleRights.Call, badge: 1);
        GiveNotifications(nucleus, endpoint, program, service);
        nucleus.Processes.Run(service);
    }

    // One each way: the service waits for the first, or receives it between calls; the program waits for the second.
    private static void GiveNotifications(Nucleus nucleus, Endpoint endpoint, Process program, Process service)
    {
        Notification toService = new(nucleus.Scheduler, nucleus.Counters) { Endpoint = endpoint };
        Notification toProgram = new(nucleus.Scheduler, nucleus.Counters);
        endpoint.Bound = toService;
        service.Handles.Set(WellKnownHandle.StackNotification, toService, HandleRights.Receive, badge: 0);
        service.Handles.Set(WellKnownHandle.SocketNotification, toProgram, HandleRights.Signal, badge: 0);
        program.Handles.Set(WellKnownHandle.StackNotification, toService, HandleRights.Signal, badge: 0);
        program.Handles.Set(WellKnownHandle.SocketNotification, toProgram, HandleRights.Receive | HandleRights.Signal, badge: 0);
    }

    // peer-domain=: a service in ring 1 is in the program's own address space, which shows what the change of it costs.
    private static Domain PeerDomain(Nucleus nucleus)
    {
        ReadOnlySpan<byte> word = nucleus.CommandLine.Value("peer-domain"u8);
        if (word.SequenceEqual("ring1"u8))
            return Domain.Ring1;
        if (!word.SequenceEqual("ring1-keys"u8))
            return Domain.Ring3;
        if (!ProtectionKeys.Arm())
            Fail(nucleus, "this processor has no supervisor protection keys (PKS), or SMEP is not on beside them", word);
        nucleus.DescriptorTables.CloseGates();
        return Domain.Ring1WithKeys;
    }

    private static Process Load(Nucleus nucleus, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, bool isService, Domain domain)
    {
        Span<byte> path = new byte[MaximumPath];
        if (folder.Length + name.Length > path.Length)
            Fail(nucleus, "the name of the program is too long", name);
        folder.CopyTo(path);
        name.CopyTo(path.Slice(folder.Length));
        Status status = nucleus.Processes.Load(path.Slice(0, folder.Length + name.Length), arguments, isService, grant: null, domain, out Process? process);
        if (status != Status.Ok)
            Fail(nucleus, Reason(status), name);
        return process!;
    }

    private static string Reason(Status status) => status switch
    {
        Status.NoSuchFile => "no such program in the boot archive",
        Status.NotExecutable => "the program's file is corrupt or not a position-independent x86-64 ELF",
        Status.NoMemory => "not enough memory for the program",
        _ => "the program's arguments are too long",
    };

    private static void Fail(Nucleus nucleus, string reason, ReadOnlySpan<byte> program)
    {
        nucleus.Log.Error("cannot start {Program}: {Reason}").With("Program", program).With("Reason", reason).End();
        Shutdown.Now(GuestExit.BootFailed);
    }
}
