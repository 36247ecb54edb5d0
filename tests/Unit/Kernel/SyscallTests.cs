// Every way in with every kind of bad argument, from the table to errno. Subjects: kernel/syscalls, kernel/devices
using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using RingOS.Abi;
using RingOS.Kernel.Ipc;
using RingOS.Kernel.Threads;
using Xunit;

namespace RingOS.Tests.Unit.Kernel;

[Collection(CpuCollection.Name)]
public sealed class SyscallTests : IDisposable
{
    private static readonly SyscallNumber[] s_ofIpc =
        [SyscallNumber.Call, SyscallNumber.Receive, SyscallNumber.ReplyReceive, SyscallNumber.Wait, SyscallNumber.Acknowledge];

    private static readonly SyscallNumber[] s_ofSockets =
        [SyscallNumber.Bind, SyscallNumber.Connect, SyscallNumber.SendTo, SyscallNumber.ReceiveFrom];

    private readonly HostedKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void NumbersThatDoNotExistAreRefused()
        => Run(program =>
        {
            Assert.Equal(0, program.Syscall(SyscallNumber.Null));
            foreach (int number in new[] { 20, 31, 32, 255, int.MaxValue, -1 })
                Assert.Equal(Status.NoSuchSyscall, program.Fail((SyscallNumber)number));
        });

    [Fact]
    public void HandlesThatAreNotThereAreBad()
        => Run(program =>
        {
            SyscallNumber[] all =
            [
                SyscallNumber.Read, SyscallNumber.Write, SyscallNumber.Close, SyscallNumber.Ioctl, SyscallNumber.Bind,
                SyscallNumber.Connect, SyscallNumber.SendTo, SyscallNumber.ReceiveFrom, SyscallNumber.Call, SyscallNumber.Receive,
                SyscallNumber.ReplyReceive, SyscallNumber.Signal, SyscallNumber.Wait, SyscallNumber.Acknowledge,
            ];
            foreach (SyscallNumber number in all)
            {
                foreach (ulong handle in new ulong[] { 0, 31, 32, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, ulong.MaxValue })
                    Assert.Equal((number, Status.BadHandle), (number, program.Fail(number, handle)));
            }
        });

    [Fact]
    public void AnObjectOfAnotherKindIsRefused()
        => Run(program =>
        {
            HandleTable handles = program.Process.Handles;
            handles.Set(1, _kernel.Nucleus.Devices.Console, HandleRights.All, badge: 0);
            foreach (SyscallNumber number in s_ofIpc)
                Assert.Equal((number, Status.BadHandle), (number, program.Fail(number, 1)));
            foreach (SyscallNumber number in s_ofSockets)
                Assert.Equal((number, Status.NotSocket), (number, program.Fail(number, 1)));
            Assert.Equal(Status.InvalidArgument, program.Fail(SyscallNumber.Signal, 1, 1));
            Assert.Equal(Status.UnsupportedRequest, program.Fail(SyscallNumber.Ioctl, 1, 1));
        });

    [Fact]
    public void RightsThatAHandleDoesNotHaveAreDenied()
        => Run(program =>
        {
            HandleTable handles = program.Process.Handles;
            handles.Set(1, _kernel.Machine.NewEndpoint(), HandleRights.Read, badge: 0);
            handles.Set(2, _kernel.Machine.NewNotification(), HandleRights.Read, badge: 0);
            handles.Set(3, _kernel.Nucleus.Devices.Console, HandleRights.Write, badge: 0);
            handles.Set(4, _kernel.Nucleus.Devices.Console, HandleRights.Read, badge: 0);
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Call, 1));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Receive, 1));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.ReplyReceive, 1));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Signal, 2, 1));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Wait, 2));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Read, 3));
            Assert.Equal(Status.AccessDenied, program.Fail(SyscallNumber.Write, 4));
        });

    [Theory]
    [InlineData("/nowhere", Status.NoSuchFile)]
    [InlineData("nowhere", Status.NoSuchFile)]
    [InlineData("service/net", Status.NoSuchFile)] // relative paths do not exist
    [InlineData("/", Status.NoSuchFile)]
    [InlineData("/dev/consol", Status.NoSuchFile)]
    [InlineData("/dev/nic", Status.NoSuchFile)] // nothing has been placed
    [InlineData("/service/net", Status.Ok)]
    [InlineData("/dev/console", Status.Ok)]
    [InlineData("/dev/kernel", Status.Ok)]
    public void OpenFindsFilesAndDevices(string path, Status expected)
        => Run(program => Assert.Equal(expected == Status.Ok ? 0 : -(long)expected, program.Open(path)));

    [Fact]
    public void BadPathsAreRefused()
        => Run(program =>
        {
            using UserBuffer path = new(new string('/', 200));
            Assert.Equal(Status.NoSuchFile, program.Fail(SyscallNumber.Open, path.Address, 0));
            Assert.Equal(Status.NoSuchFile, program.Fail(SyscallNumber.Open, path.Address, 101));
            Assert.Equal(Status.NoSuchFile, program.Fail(SyscallNumber.Open, path.Address, ulong.MaxValue));
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Open, 0, 5));
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Open, 0xFFFF_FFFF_8000_0000, 5));
        });

    [Fact]
    public void FilesAreReadToTheirEndAndNotWritten()
        => Run(program =>
        {
            long file = program.Open("/service/net");
            long other = program.Open("/service/net");
            Assert.StartsWith("\u007FELF", program.Read(file, 4), StringComparison.Ordinal);
            int total = 4;
            for (string part = program.Read(file, 1_000); part != ""; part = program.Read(file, 1_000))
                total += part.Length;
            Assert.Equal(new Loader.ElfBuilder().Build().Length, total);
            Assert.StartsWith("\u007FELF", program.Read(other, 4), StringComparison.Ordinal); // a position of its own
            Assert.Equal(-(long)Status.AccessDenied, program.Write(file, "x"u8));
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Read, (ulong)other, 0x10, 10));
            Assert.Equal(0, program.Syscall(SyscallNumber.Close, (ulong)file));
            Assert.Equal(Status.BadHandle, program.Fail(SyscallNumber.Read, (ulong)file));
        });

    [Fact]
    public void HandlesAndFilesRunOutAndComeBack()
        => Run(program =>
        {
            for (int expected = 0; expected < HandleTable.Capacity; expected++)
                Assert.Equal(expected, program.Open("/service/net"));
            for (int i = 0; i < 40; i++)
                Assert.Equal(-(long)Status.TooManyHandles, program.Open("/service/net"));
            Assert.Equal(-(long)Status.TooManyHandles, program.Open("/dev/console"));
            Assert.Equal(0, program.Syscall(SyscallNumber.Close, 7));
            Assert.Equal(7, program.Open("/service/net"));
        });

    [Fact]
    public void TheConsoleIsTheSerialLine()
        => Run(program =>
        {
            long console = program.Open("/dev/console");
            _kernel.Cpu.Serial.Clear();
            string text = new('x', 300);
            Assert.Equal(300, program.Write(console, Encoding.ASCII.GetBytes(text)));
            Assert.Equal(text, _kernel.Log);
            Assert.Equal("WouldBlock", program.Read(console, 10));
            foreach (byte letter in "typed"u8)
                _kernel.Cpu.Typed.Enqueue(letter);
            Assert.Equal("typ", program.Read(console, 3));
            Assert.Equal("ed", program.Read(console, 100));
            Assert.Equal(0, program.Syscall(SyscallNumber.Read, (ulong)console, 0, 0));
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Write, (ulong)console, 0x10, 5));
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Write, (ulong)console, 0x7FFF_FFFF_EFFF, ulong.MaxValue));
        });

    [Fact]
    public void AWriteThatRunsIntoABadPageSaysHowFarItCame()
        => Run(program =>
        {
            long console = program.Open("/dev/console");
            using UserBuffer buffer = new(1_000);
            (_kernel.Cpu.UnmappedStart, _kernel.Cpu.UnmappedLength) = (buffer.Address + 600, 1);
            Assert.Equal(512, program.Syscall(SyscallNumber.Write, (ulong)console, buffer.Address, 1_000));
        });

    [Fact]
    public void TheKernelsCountersCanBeRead()
        => Run(program =>
        {
            long device = program.Open("/dev/kernel");
            using UserBuffer counters = new((int)KernelCounter.Count * sizeof(ulong));
            _kernel.Machine.Counters.Notifications = 12;
            const ulong Request = (ulong)IoctlRequest.GetKernelCounters;
            Assert.Equal(0, program.Syscall(SyscallNumber.Ioctl, (ulong)device, Request, counters.Address));
            Assert.Equal(12ul, counters.Words[(int)KernelCounter.Notifications]);
            Assert.NotEqual(0ul, counters.Words[(int)KernelCounter.CopiedBytes]);
            Assert.Equal(Status.BadAddress, program.Fail(SyscallNumber.Ioctl, (ulong)device, Request, 8));
            Assert.Equal(Status.UnsupportedRequest, program.Fail(SyscallNumber.Ioctl, (ulong)device, Request + 1_000, counters.Address));
        });

    [Fact]
    public void WithoutANetworkThereAreNoSockets()
        => Run(program =>
        {
            Assert.Equal(Status.NetworkDown, program.Fail(SyscallNumber.Socket, (ulong)SocketKind.Datagram));
            Assert.Equal(Status.ProtocolNotSupported, program.Fail(SyscallNumber.Socket, 0));
            Assert.Equal(Status.ProtocolNotSupported, program.Fail(SyscallNumber.Socket, 99));
        });

    [Fact]
    public void SleepLetsTimePassAndClockTellsIt()
        => Run(program =>
        {
            long before = program.Syscall(SyscallNumber.Clock, (ulong)ClockKind.Wall);
            long idle = program.Syscall(SyscallNumber.Clock, (ulong)ClockKind.IdleTicks);
            Assert.Equal(0, program.Syscall(SyscallNumber.Sleep, 3_000_000));
            Assert.Equal(3_000_000, program.Syscall(SyscallNumber.Clock, (ulong)ClockKind.Wall) - before);
            Assert.Equal(3_000_000, program.Syscall(SyscallNumber.Clock, (ulong)ClockKind.IdleTicks) - idle);
            Assert.Equal(Status.InvalidArgument, program.Fail(SyscallNumber.Clock, 7));
            Assert.Equal(Status.InvalidArgument, program.Fail(SyscallNumber.Sleep, ulong.MaxValue));
            Assert.Equal(Status.InvalidArgument, program.Fail(SyscallNumber.Sleep, (1ul << 60) + 1));
        });

    [Fact]
    public void MessagesAndSignalsTravelBetweenProcesses()
    {
        Endpoint endpoint = _kernel.Machine.NewEndpoint();
        Notification notification = _kernel.Machine.NewNotification();
        Process service = _kernel.Start(
            "service",
            self =>
            {
                for (long status = self.Syscall(SyscallNumber.Receive, 3); status == 0;)
                    status = self.Syscall(SyscallNumber.ReplyReceive, 3, self.Registers.Rsi * 2, self.Registers.Rdi, 0, 0);
            },
            isService: true);
        service.Handles.Set(3, endpoint, HandleRights.Receive, badge: 0);
        Process client = _kernel.Start("client", self =>
        {
            Assert.Equal(0, self.Syscall(SyscallNumber.Call, 6, 21));
            Assert.Equal((42ul, 77ul), (self.Registers.Rsi, self.Registers.Rdx));
            Assert.Equal(0, self.Syscall(SyscallNumber.Signal, 7, 5));
            Assert.Equal(5, self.Syscall(SyscallNumber.Wait, 7, 0));
            Assert.Equal(Status.InvalidArgument, self.Fail(SyscallNumber.Signal, 7, 0));
            Assert.Equal(Status.InvalidArgument, self.Fail(SyscallNumber.Signal, 7, SignalWord.Signals + 1));
            Assert.Equal(Status.TimedOut, self.Fail(SyscallNumber.Wait, 7, 1_000));
            _kernel.Machine.Trace.Add("done");
        });
        client.Handles.Set(6, endpoint, HandleRights.Call, badge: 77);
        client.Handles.Set(7, notification, HandleRights.Signal | HandleRights.Receive, badge: 0);
        _kernel.Machine.Run();
        Assert.Equal(["done"], _kernel.Machine.Trace);
    }

    [Fact]
    public void AnEndedProcessGivesBackItsMemoryItsHandlesAndItsThread()
    {
        ulong free = _kernel.Nucleus.Memory.Frames.FreeFrames;
        for (int round = 0; round < 20; round++)
        {
            Process process = Run(program => program.Open("/service/net"));
            Assert.Equal((ProcessEnd.Exited, 0), (process.End, process.ExitCode));
        }
        Assert.Equal(free, _kernel.Nucleus.Memory.Frames.FreeFrames);
        Assert.Equal(20, _kernel.Machine.Processor.Left);
    }

    [Fact]
    public void AFaultEndsTheProcessAndIsReported()
    {
        Process process = _kernel.Start("wild", program =>
        {
            program.Registers.InstructionPointer = 0x1234;
            program.Registers.ErrorCode = 6;
            program.Registers.CodeSegment = 0x2B;
            _kernel.Cpu.FaultAddress = 0xDEAD_0000;
            program.Interrupt(14);
        });
        _kernel.Machine.Run();
        Assert.Equal((ProcessEnd.Faulted, 14ul, 0xDEAD_0000ul), (process.End, process.FaultVector, process.FaultAddress));
        string report = _kernel.Log.Split('\n').Single(text => text.Contains("ended by", StringComparison.Ordinal));
        JsonElement line = JsonDocument.Parse(report).RootElement;
        Assert.Equal("page fault (#PF)", line.GetProperty("Exception").GetString());
        Assert.Equal("0x0000000000001234", line.GetProperty("Instruction").GetString());
        Assert.Equal("0x00000000dead0000", line.GetProperty("Address").GetString());
        Assert.Equal(3, line.GetProperty("Ring").GetInt32());
    }

    [Fact]
    public void AServiceThatEndsTellsItsCallers()
    {
        Endpoint endpoint = _kernel.Machine.NewEndpoint();
        Process service = _kernel.Start(
            "service",
            self =>
            {
                self.Syscall(SyscallNumber.Receive, 3);
                self.Syscall(SyscallNumber.Exit, 9);
            },
            isService: true);
        service.OwnEndpoint = endpoint;
        service.Handles.Set(3, endpoint, HandleRights.Receive, badge: 0);
        Process client = _kernel.Start("client", self =>
        {
            for (int i = 0; i < 2; i++)
                _kernel.Machine.Trace.Add($"{self.Fail(SyscallNumber.Call, 6)}");
        });
        client.Handles.Set(6, endpoint, HandleRights.Call, badge: 0);
        _kernel.Machine.Run();
        Assert.Equal(["PeerGone", "PeerGone"], _kernel.Machine.Trace);
        Assert.Equal(9, service.ExitCode);
    }

    [Fact]
    public void AnyRegistersWhateverGetAnAnswer()
        => Gen.Select(
            Gen.Int[0, 40], Arguments.Array[6], (number, words) => (Number: (SyscallNumber)number, Words: words)).Array[1, 30].Sample(
            calls =>
            {
                using HostedKernel kernel = new();
                kernel.Start("wild", program =>
                {
                    program.Process.Handles.Set(1, kernel.Nucleus.Devices.Console, HandleRights.All, badge: 0);
                    program.Process.Handles.Set(2, kernel.Machine.NewEndpoint(), HandleRights.All, badge: 0);
                    program.Process.Handles.Set(5, kernel.Nucleus.Interrupts.Line(5), HandleRights.All, badge: 0);
                    foreach ((SyscallNumber number, ulong[] a) in calls.Where(call => IsHarmless(call.Number)))
                        program.Syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
                    kernel.Machine.Trace.Add("done");
                });
                kernel.Machine.Run();
                Assert.Equal(["done"], kernel.Machine.Trace);
            },
            iter: 25, threads: 1);

    // Numbers that are small, at an edge, or neither; never an address that the host itself has mapped.
    private static Gen<ulong> Arguments => Gen.OneOf(
        Gen.ULong[0, 40],
        Gen.ULong[0, 0xFFF],
        Gen.ULong[1ul << 47, ulong.MaxValue],
        Gen.Const(ulong.MaxValue),
        Gen.Const(0x7FFF_FFFF_F000ul));

    // Exit ends the program; waiting for what nobody sends is what it asked for.
    private static bool IsHarmless(SyscallNumber number)
        => number is not (SyscallNumber.Exit or SyscallNumber.Receive or SyscallNumber.ReplyReceive or SyscallNumber.Wait
            or SyscallNumber.Sleep);

    private Process Run(Action<UserProgram> body)
    {
        Process process = _kernel.Start("test", body);
        _kernel.Machine.Run();
        Assert.Equal(ProcessEnd.Exited, process.End);
        return process;
    }
}
